package io.fleetcompat.collector.sysfs.readers;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The directory of a host's {@code *.facts} files.
 *
 * @param path need not exist
 * @param maxAge after this time, a file that was not written again is not believed; zero for never
 * @param clock tells the time that files' times are compared with
 * @param catalogue by which lines are checked
 */
public record FactsDirectory(
    Path path, Duration maxAge, InstantSource clock, FactCatalogue catalogue) {

  /** The time after which a file is not believed where nothing else is configured. */
  public static final Duration MAX_AGE = Duration.ofHours(24);

  public FactsDirectory {
    if (maxAge.isNegative()) {
      throw new IllegalArgumentException("expected facts.max-age of 0 or more, found " + maxAge);
    }
  }

  /** A directory whose lines are not checked against a catalogue. */
  public FactsDirectory(Path path, Duration maxAge, InstantSource clock) {
    this(path, maxAge, clock, FactCatalogue.OPEN);
  }

  /** The fault of a file that was written at that time; empty where it is believed. */
  Optional<String> staleness(Instant written) {
    if (maxAge.isZero()) {
      return Optional.empty();
    }
    Duration age = Duration.between(written, clock.instant());
    if (age.compareTo(maxAge) > 0) {
      return Optional.of("stale: older than facts.max-age " + maxAge);
    }
    return age.negated().compareTo(maxAge) > 0
        ? Optional.of("stale: more than facts.max-age " + maxAge + " ahead of the clock")
        : Optional.empty();
  }
}
