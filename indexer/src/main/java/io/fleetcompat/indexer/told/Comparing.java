package io.fleetcompat.indexer.told;

import java.time.Duration;

/**
 * The operator's choice of how topics are compared with what was told.
 *
 * @param reader of what topics hold
 * @param every the shortest time between two comparisons of a topic
 */
public record Comparing(TopicDigests reader, Duration every) {}
