package io.fleetcompat.indexer;

import io.fleetcompat.indexer.probe.ProbeLimits;
import io.fleetcompat.settings.Key;
import io.fleetcompat.settings.Kind;
import io.fleetcompat.settings.Values;
import java.time.Duration;

/** The settings of {@code index} about questions to drivers. */
final class ProbeSettings {

  private static final int MOST = Integer.MAX_VALUE;

  static final Key<Integer> PER_SECOND =
      Key.of(
          "probe.per-second",
          Kind.number("N", 1, 10_000),
          100,
          "Ask drivers at most so many questions a second, in the whole fleet.");

  static final Key<Duration> HOST_GAP =
      Key.of(
          "probe.host-gap",
          Kind.TIME,
          ProbeLimits.DEFAULT.hostGap(),
          "Leave at least this time between two questions to the drivers of one host, which has one"
              + " question at a time.");

  static final Key<Integer> OPEN =
      Key.of(
          "probe.open",
          Kind.number("N", 1, MOST),
          ProbeLimits.DEFAULT.open(),
          "Wait for at most so many answers of drivers at once, in the whole fleet.");

  static final Key<Duration> TIME_LIMIT =
      Key.of(
          "probe.time-limit",
          Kind.POSITIVE_TIME,
          ProbeLimits.DEFAULT.timeLimit(),
          "A question to a driver is not executed after this time.");

  static final Key<Duration> RETRY_FIRST =
      Key.of(
          "probe.retry-first",
          Kind.POSITIVE_TIME,
          ProbeLimits.DEFAULT.firstBackoff(),
          "Ask again this long after a first attempt that told nothing; then after twice as long,"
              + " each time.");

  static final Key<Duration> RETRY_LAST =
      Key.of(
          "probe.retry-last",
          Kind.POSITIVE_TIME,
          ProbeLimits.DEFAULT.lastBackoff(),
          "Longest time between two attempts of a question.");

  static final Key<Integer> PAIRS =
      Key.of(
          "probe.pairs",
          Kind.number("N", 1, MOST),
          ProbeLimits.DEFAULT.pairs(),
          "Keep track of at most so many questions to drivers; those beyond are not asked, and"
              + " counted.");

  private ProbeSettings() {}

  /** The limits that these values make. */
  static ProbeLimits limits(Values values) {
    return new ProbeLimits(
            ProbeLimits.DEFAULT.tick(),
            ProbeLimits.DEFAULT.perTick(),
            values.get(OPEN),
            values.get(HOST_GAP),
            values.get(TIME_LIMIT),
            ProbeLimits.DEFAULT.patience(),
            values.get(RETRY_FIRST),
            values.get(RETRY_LAST),
            values.get(PAIRS))
        .atRate(values.get(PER_SECOND));
  }
}
