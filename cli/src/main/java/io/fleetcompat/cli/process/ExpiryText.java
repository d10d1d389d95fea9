package io.fleetcompat.cli.process;

import io.fleetcompat.settings.Times;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The end of something in text: a time with its zone, or how long from now. Pure. */
final class ExpiryText {

  private ExpiryText() {}

  /**
   * The time that a text means.
   *
   * @throws IllegalArgumentException whose message is what was expected
   */
  static Instant parse(String text, Instant now) {
    try {
      Instant end = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
      if (end.isAfter(now.plus(Times.MAX))) {
        throw new IllegalArgumentException("a time within " + Times.print(Times.MAX));
      }
      return end;
    } catch (DateTimeParseException notATime) {
      try {
        return now.plus(Times.parse(text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "a time with its zone such as 2026-12-31T00:00Z, or how long from now such as 30d", e);
      }
    }
  }
}
