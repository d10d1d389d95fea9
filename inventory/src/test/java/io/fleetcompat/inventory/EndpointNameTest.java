package io.fleetcompat.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/rules.md 1, the row "endpoint". */
class EndpointNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000:3b:00.4",
        "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001",
        "0000:00:02.0/i915-GVTg_V5_4",
        "0000:3b:00.4/NVIDIA%20L40S-1B",
        "a%2Fb/c%25d%0A",
        "\u00e9\uD83D\uDCA5"
      })
  void aNameIsSpelledAsItWasParsed(String name) {
    assertThat(EndpointName.parse(name)).hasToString(name);
  }

  @Test
  void partsAreDecoded() {
    assertThat(EndpointName.parse("p%2fq/NVIDIA%20L40S-1B"))
        .isEqualTo(EndpointName.type("p/q", "NVIDIA L40S-1B"))
        .hasToString("p%2Fq/NVIDIA%20L40S-1B");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/", "/b", "a/b/c", "%", "a%2", "%zz", "%ff", "%C3"})
  void whatIsNoNameIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointName.parse(name))
        .withMessageStartingWith("expected");
  }

  @Test
  void aPartIsAsLongAsAFileNameAtMost() {
    assertThat(EndpointName.device("x".repeat(255)).name()).hasSize(255);
    assertThatIllegalArgumentException().isThrownBy(() -> EndpointName.device("x".repeat(256)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsPlainIsSpelledAsItWasParsed(long seed) {
    Random random = new Random(seed);
    int plain = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder name = new StringBuilder();
      for (int length = random.nextInt(7); length > 0; length--) {
        name.append("ab.:-/% \n\u007f\u00a0\u2028".charAt(random.nextInt(12)));
      }
      if (EndpointName.isPlain(name.toString())) {
        plain++;
        assertThat(EndpointName.parse(name.toString())).hasToString(name.toString());
      }
    }
    assertThat(plain).as("seed %d", seed).isPositive();
    assertThat(EndpointName.isPlain("0000:3b:00.0/i915-GVTg_V5_4")).isTrue();
    assertThat(EndpointName.isPlain("x".repeat(256))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theOrderIsThatOfTheSpellings(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      EndpointName one = name(random);
      EndpointName other = name(random);
      assertThat(Integer.signum(one.compareTo(other)))
          .as("seed %d: %s and %s", seed, one, other)
          .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
    }
  }

  private static EndpointName name(Random random) {
    String name = part(random);
    return random.nextBoolean() ? EndpointName.device(name) : EndpointName.type(part(random), name);
  }

  private static String part(Random random) {
    StringBuilder part = new StringBuilder();
    for (int length = random.nextInt(1, 4); length > 0; length--) {
      part.append("ab.0/% \n\u00a0é".charAt(random.nextInt(10)));
    }
    return part.toString();
  }
}
