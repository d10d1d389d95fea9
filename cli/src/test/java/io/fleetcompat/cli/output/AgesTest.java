package io.fleetcompat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgesTest {

  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T23:59:57Z,3 s ago",
    "2026-01-01T23:50:00Z,10 min ago",
    "2026-01-01T12:00:00Z,12 h ago",
    "2025-12-20T00:00:00Z,13 d ago",
    "2026-01-03T00:00:00Z,0 s ago",
    "nonsense,-"
  })
  void anAgeIsSaidInItsLargestWholeUnit(String time, String said) {
    assertThat(Ages.ago(time, NOW)).isEqualTo(said);
  }

  @Test
  void durationsAreParsed() {
    assertThat(Ages.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(Ages.parse("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Ages.parse("2d")).isEqualTo(Duration.ofDays(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "m", "-1s", "1 s", "99999999999s", "1w"})
  void otherDurationsAreRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Ages.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30s");
  }
}
