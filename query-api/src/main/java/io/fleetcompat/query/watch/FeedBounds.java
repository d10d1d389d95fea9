package io.fleetcompat.query.watch;

import java.time.Duration;

/**
 * The bounds of the events that are kept for who watches.
 *
 * @param maxBytes of memory, approximately
 * @param maxAge since they came
 */
public record FeedBounds(long maxBytes, Duration maxAge) {

  public static final FeedBounds DEFAULTS = new FeedBounds(64L << 20, Duration.ofMinutes(10));
}
