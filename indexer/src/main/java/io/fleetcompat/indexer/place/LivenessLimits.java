package io.fleetcompat.indexer.place;

import java.time.Duration;

/**
 * The lengths of silence that mean something.
 *
 * @param staleAfter a host that was not heard for so long is stale: it may have changed unseen
 * @param lostAfter and for so long, lost
 */
public record LivenessLimits(Duration staleAfter, Duration lostAfter) {

  public LivenessLimits {
    if (!staleAfter.isPositive() || lostAfter.compareTo(staleAfter) < 0) {
      throw new IllegalArgumentException(
          "expected 0 < stale-after <= lost-after, found %s and %s"
              .formatted(staleAfter, lostAfter));
    }
  }
}
