package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Patterns made to be slow: each is decided within the budget of steps, or given up the same way.
 */
class HostilePatternTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void manyVariablesThatCanSplitAValueInManyWaysAreGivenUp() {
    String values =
        IntStream.rangeClosed(1, 30).mapToObj("a"::repeat).collect(Collectors.joining("\",\""));
    String declarations =
        IntStream.range(0, 16)
            .mapToObj(i -> "{v" + i + ":string:\"" + values + "\"}")
            .collect(Collectors.joining());
    isUnknown("t=" + "a".repeat(300) + "b", "t=" + declarations);
  }

  @Test
  void linesThatAllMatchAreGivenUp() {
    Map<String, Attribute> self = new TreeMap<>();
    Map<String, Attribute> destination = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      self.put("migration/self/a" + i, new Attribute.Text("1"));
      destination.put(
          "migration/compatible/a" + i, new Attribute.Text("1\n{v}\n{w}\n{v}/1\n{w}/1"));
    }
    self.put("migration/self/z", new Attribute.Text("2"));
    destination.put("migration/compatible/z", new Attribute.Text("{v:int:1}{w:int:1}/1"));
    destination.put("migration/self/z", new Attribute.Text("2"));
    isUnknown(profile(self), profile(destination));
  }

  @Test
  void longTextInManyTriesIsGivenUp() {
    String values =
        IntStream.rangeClosed(1, 200).mapToObj("a"::repeat).collect(Collectors.joining("\",\""));
    String pattern =
        "{v:string:\"" + values + "\"}{w:string:\"" + values + "\"}" + "a".repeat(20_000);
    isUnknown("t=" + "a".repeat(20_300) + "b", "t=" + pattern);
  }

  @Test
  void hugeNumbersThatAreDividedAgainAndAgainAreGivenUp() {
    String number = "9".repeat(20_000);
    String values =
        IntStream.range(0, 80).mapToObj(i -> number + i).collect(Collectors.joining(","));
    isUnknown("a=x\nb=7", "a=x\nb={v:int:" + values + "}/2{v}/3");
  }

  @Test
  void manySelvesAgainstManyPatternsAreGivenUp() {
    String selves =
        IntStream.range(0, 64).mapToObj(i -> "a=" + i).collect(Collectors.joining("\n\n"));
    String patterns =
        IntStream.range(0, 16_000)
            .mapToObj(i -> "a=" + (i < 15_936 ? "x" : i - 15_936))
            .collect(Collectors.joining("\n\n"));
    isUnknown(selves, patterns);
  }

  @Test
  void ofManySelvesThatFailInManyAttributesTheFirstAreExplained() {
    String selves =
        IntStream.range(0, 64).mapToObj(i -> "z=" + i).collect(Collectors.joining("\n\n"));
    String pattern =
        IntStream.range(0, 8_000).mapToObj(i -> "a" + i + "=1").collect(Collectors.joining("\n"));
    Verdict verdict = new Judge(Set.of()).judge(profile(selves, "x=1"), profile("x=1", pattern));
    assertThat(verdict.outcome()).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(verdict.reasons()).hasSize(3 * 8_001);
  }

  private static void isUnknown(String self, String compatible) {
    isUnknown(profile(self, "x=1"), profile("x=1", compatible));
  }

  private static void isUnknown(Profile source, Profile destination) {
    Judge judge = new Judge(Set.of());
    Verdict verdict =
        Assertions.assertTimeoutPreemptively(LIMIT, () -> judge.judge(source, destination));
    assertThat(verdict.outcome()).as(verdict.toString()).isEqualTo(Outcome.UNKNOWN);
    assertThat(verdict.reasons()).singleElement().asString().contains("too complex");
    assertThat(judge.judge(source, destination)).isEqualTo(verdict);
    assertThat(judge.outcome(source, destination)).isEqualTo(verdict.outcome());
  }

  private static Profile profile(String self, String compatible) {
    return profile(
        Map.of(
            "migration/self", new Attribute.Text(self),
            "migration/compatible", new Attribute.Text(compatible)));
  }

  private static Profile profile(Map<String, Attribute> own) {
    return Profile.of(
        new Endpoint(
            EndpointName.device("0000:3b:00.4"),
            EndpointKind.PCI_FUNCTION,
            Optional.empty(),
            Attributes.of(own),
            Attributes.NONE,
            Attributes.NONE));
  }
}
