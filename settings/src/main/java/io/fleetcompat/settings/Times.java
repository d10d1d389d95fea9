package io.fleetcompat.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of durations in text: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 2h}, {@code
 * 1d}, and the form of ISO 8601, {@code PT10M}. Zero or more, at most {@link #MAX}.
 */
public final class Times {

  /** A hundred years: in nanoseconds it still fits a long. */
  public static final Duration MAX = Duration.ofDays(36_500);

  /** The words of a refusal. */
  public static final String EXPECTED = "a time such as 500ms, 60s, 10m, 2h or PT10M";

  private static final int MAX_LENGTH = 64;
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,16})(ms|s|m|h|d)");

  /** The form of ISO 8601, without the signs that Java adds to it. */
  private static final Pattern ISO = Pattern.compile("[Pp][0-9DTHMSdthms.]+");

  private static final long MILLIS_OF_SECOND = 1000;
  private static final long MILLIS_OF_MINUTE = 60 * MILLIS_OF_SECOND;
  private static final long MILLIS_OF_HOUR = 60 * MILLIS_OF_MINUTE;
  private static final long MILLIS_OF_DAY = 24 * MILLIS_OF_HOUR;

  private Times() {}

  /**
   * The duration that the text names.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static Duration parse(String text) {
    Duration duration =
        (text.length() > MAX_LENGTH ? Optional.<Duration>empty() : read(text))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected " + EXPECTED + ", found " + ShownValue.quoted(text)));
    if (duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "expected a time of at most " + print(MAX) + ", found " + ShownValue.quoted(text));
    }
    return duration;
  }

  /** The shortest text of this grammar that {@link #parse} reads as the same duration. */
  public static String print(Duration duration) {
    if (duration.compareTo(MAX) > 0 || duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    long millis = duration.toMillis();
    if (millis % MILLIS_OF_SECOND != 0) {
      return millis + "ms";
    }
    if (millis == 0 || millis % MILLIS_OF_MINUTE != 0) {
      return millis / MILLIS_OF_SECOND + "s";
    }
    if (millis % MILLIS_OF_HOUR != 0) {
      return millis / MILLIS_OF_MINUTE + "m";
    }
    return millis % MILLIS_OF_DAY == 0
        ? millis / MILLIS_OF_DAY + "d"
        : millis / MILLIS_OF_HOUR + "h";
  }

  private static Optional<Duration> read(String text) {
    try {
      Matcher amount = AMOUNT.matcher(text);
      if (amount.matches()) {
        return Optional.of(of(Long.parseLong(amount.group(1)), amount.group(2)));
      }
      return ISO.matcher(text).matches() ? Optional.of(Duration.parse(text)) : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
