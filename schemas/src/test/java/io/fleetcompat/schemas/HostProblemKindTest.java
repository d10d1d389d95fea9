package io.fleetcompat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostProblemKindTest {

  @ParameterizedTest
  @EnumSource
  void everyCodeOfACollectorIsAKindOfItsOwn(ProblemCode code) {
    assertThat(HostProblemKind.of(code.toString())).hasToString(code.toString());
  }

  /** Those that a placement names. */
  @ParameterizedTest
  @ValueSource(strings = {"twin-host", "conflicting-documents", "false-speaker"})
  void everyFindingOfTheIndexerIsAKindOfItsOwn(String finding) {
    assertThat(HostProblemKind.of(finding)).hasToString(finding);
  }

  @Test
  void whateverElseIsSentIsOneKind() {
    assertThat(HostProblemKind.of("of a later version")).isEqualTo(HostProblemKind.OTHER);
  }
}
