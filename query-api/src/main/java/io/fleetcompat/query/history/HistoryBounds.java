package io.fleetcompat.query.history;

import io.fleetcompat.schemas.Topics;
import java.time.Duration;

/**
 * The bounds of a history; the oldest changes are dropped beyond.
 *
 * @param maxAge of a change
 * @param maxBytes of the database's files; a little more for a while
 */
public record HistoryBounds(Duration maxAge, long maxBytes) {

  public static final HistoryBounds DEFAULTS = new HistoryBounds(Topics.CHANGES_KEPT, 4L << 30);

  public HistoryBounds {
    if (!maxAge.isPositive() || maxBytes < 1) {
      throw new IllegalArgumentException(
          "expected bounds above 0, found %s and %d bytes".formatted(maxAge, maxBytes));
    }
  }
}
