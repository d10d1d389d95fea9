package io.fleetcompat.indexer.told;

import java.time.Duration;

/**
 * The operator's choice of how topics are compared with what was told.
 *
 * @param reader of what topics hold
 * @param first the time after which each topic is compared for the first time
 * @param every the shortest time between two comparisons of a topic
 */
public record Comparing(TopicDigests reader, Duration first, Duration every) {

  /** Compares for the first time as late as ever after. */
  public Comparing(TopicDigests reader, Duration every) {
    this(reader, every, every);
  }
}
