package io.fleetcompat.indexer.watch;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/** The order of partitions in what is shown. */
final class Partitions {

  static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private Partitions() {}
}
