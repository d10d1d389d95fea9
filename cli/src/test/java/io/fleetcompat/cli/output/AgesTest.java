package io.fleetcompat.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
