package io.fleetcompat.settings;

import java.time.Duration;

/**
 * The lengths of silence after which a host counts as stale, and as lost. The indexer and the query
 * API each go by them, so both take them from the same two settings.
 *
 * @param staleAfter a host that was not heard for longer is stale: it may have changed unseen
 * @param lostAfter a host that was not heard for longer is lost
 */
public record LivenessLimits(Duration staleAfter, Duration lostAfter) {

  public static final Key<Duration> STALE_AFTER =
      Key.of(
          "stale-after",
          Kind.POSITIVE_TIME,
          Duration.ofSeconds(60),
          "Call a host STALE when it was silent for longer than this; give `index` and"
              + " `serve` the same.");

  public static final Key<Duration> LOST_AFTER =
      Key.of(
          "lost-after",
          Kind.POSITIVE_TIME,
          Duration.ofHours(1),
          "Call a host LOST when it was silent for longer than this; give `index` and"
              + " `serve` the same.");

  public LivenessLimits {
    if (!staleAfter.isPositive() || lostAfter.compareTo(staleAfter) < 0) {
      throw new IllegalArgumentException(
          "expected stale-after above 0 and lost-after of at least stale-after, found %s and %s"
              .formatted(Times.print(staleAfter), Times.print(lostAfter)));
    }
  }

  /**
   * The limits that the settings give.
   *
   * @throws BadSettingException where they do not fit together
   */
  public static LivenessLimits of(Values values) {
    return values.make(read -> new LivenessLimits(read.get(STALE_AFTER), read.get(LOST_AFTER)));
  }
}
