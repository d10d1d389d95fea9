package io.fleetcompat.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The ages of things, as people say them. */
public final class Ages {

  private Ages() {}

  /** The time since an RFC 3339 time; empty where the text is no time. */
  public static Optional<Duration> since(String time, Instant now) {
    try {
      Duration age = Duration.between(Instant.parse(time), now);
      return Optional.of(age.isNegative() ? Duration.ZERO : age);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * {@code 3 s ago}, {@code 5 min ago}, {@code 2 h ago}, {@code 4 d ago}; {@code -} for no time.
   */
  public static String ago(String time, Instant now) {
    return since(time, now).map(Ages::words).map(words -> words + " ago").orElse("-");
  }

  /** A duration in its largest whole unit. */
  public static String words(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }
}
