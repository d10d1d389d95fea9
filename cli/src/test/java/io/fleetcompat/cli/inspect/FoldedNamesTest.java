package io.fleetcompat.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldedNamesTest {

  @Test
  void functionsThatFollowEachOtherAreARange() {
    List<String> functions =
        IntStream.range(4, 32).mapToObj(n -> "0000:3b:%02x.%d".formatted(n / 8, n % 8)).toList();
    assertThat(FoldedNames.of(functions)).isEqualTo("0000:3b:00.4-0000:3b:03.7");
    assertThat(FoldedNames.of(functions.reversed())).isEqualTo("0000:3b:00.4-0000:3b:03.7");
  }

  @Test
  void twoAreNoRangeAndOtherNamesStayAsTheyAre() {
    assertThat(FoldedNames.of(List.of("virtio1", "0000:3b:00.1", "0000:3b:00.0", "virtio0")))
        .isEqualTo("virtio0, virtio1, 0000:3b:00.0, 0000:3b:00.1");
    assertThat(FoldedNames.of(List.of("0000:3b:1f.7", "0000:3c:00.0", "0000:3c:00.1")))
        .isEqualTo("0000:3b:1f.7-0000:3c:00.1");
  }

  @Test
  void veryManyAreANumber() {
    List<String> names = IntStream.range(10, 40).mapToObj(n -> "uuid-" + n).toList();
    assertThat(FoldedNames.of(names)).startsWith("uuid-10, uuid-11").endsWith(", and 18 more");
  }
}
