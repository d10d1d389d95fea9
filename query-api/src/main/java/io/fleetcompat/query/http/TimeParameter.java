package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.settings.Times;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** The times in requests: RFC 3339, or a duration such as {@code 24h}, which is so long ago. */
final class TimeParameter {

  private static final int MAX_LENGTH = 64;

  private TimeParameter() {}

  /**
   * The time, cut to milliseconds. How long ago it was leads to a whole second: several questions
   * with {@code as-of=24h}, one after the other, then are about one time, whose view is kept.
   *
   * @param name of the parameter, for the refusal
   */
  static Instant parse(String name, String text, Instant now) {
    try {
      Instant time =
          text.length() <= MAX_LENGTH && text.indexOf('T', 1) > 0
              ? OffsetDateTime.parse(text).toInstant()
              : now.minus(Times.parse(text)).truncatedTo(ChronoUnit.SECONDS);
      return Instant.ofEpochMilli(time.toEpochMilli());
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new Problem(
          Code.BAD_REQUEST,
          name
              + ": expected a time such as 2026-11-26T10:00:00Z, or how long ago it was, such as"
              + " 30m, 24h or 7d, found "
              + Problem.quote(text));
    }
  }
}
