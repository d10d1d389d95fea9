package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "host, host, 0",
    "prot, port, 2",
    "abcd, abxd, 1",
    "aaa, aa, 1",
    "aa, aaaa, 2",
    "'', abc, 3",
    "kitten, sitting, 3"
  })
  void theDistanceIsTheNumberOfLettersToChange(String one, String other, int distance) {
    assertThat(Nearest.distance(one, other)).isEqualTo(distance);
    assertThat(Nearest.distance(other, one)).isEqualTo(distance);
  }

  @Test
  void theNearestComeFirstAndTheOthersByName() {
    List<String> known = List.of("host-9", "host-12", "host-1", "unlike", "host-2");
    assertThat(Nearest.several("host-1", known, name -> name, 3))
        .containsExactly("host-1", "host-12", "host-2");
    assertThat(Nearest.several("zzzz", known, name -> name, 3)).isEmpty();
    assertThat(Nearest.several("9", known, name -> name.substring(name.length() - 1), 3))
        .as("what is compared may be a part")
        .containsExactly("host-9");
  }

  @Test
  void theQuestionNamesThemAll() {
    assertThat(Nearest.question(List.of())).isEmpty();
    assertThat(Nearest.question(List.of("a"))).isEqualTo("; did you mean a?");
    assertThat(Nearest.question(List.of("a", "b", "c"))).isEqualTo("; did you mean a, b or c?");
  }
}
