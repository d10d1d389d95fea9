package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The times in requests. */
class TimeParameterTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.987654321Z");

  @ParameterizedTest
  @CsvSource({
    "24h, 2026-11-25T12:00:00Z",
    "0s, 2026-11-26T12:00:00Z",
    "1500ms, 2026-11-26T11:59:59Z",
    "2026-11-25T12:00:00.123456Z, 2026-11-25T12:00:00.123Z",
    "2026-11-25T12:00:00+02:00, 2026-11-25T10:00:00Z"
  })
  void howLongAgoItWasIsAWholeSecondAndATimeIsItself(String text, Instant expected) {
    assertThat(TimeParameter.parse("as-of", text, NOW)).isEqualTo(expected);
  }
}
