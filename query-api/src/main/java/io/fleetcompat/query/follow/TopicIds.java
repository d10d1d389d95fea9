package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The ids that Kafka gives topics: one that is made anew under the same name has another. There are
 * those of a cluster, and those that a test invents. They know how long a topic is kept and where
 * it ends, too. One thread.
 */
public interface TopicIds extends AutoCloseable {

  /** The ids of topics by their names; throws what Kafka's client throws. */
  Map<String, Uuid> of(List<String> topics);

  /** The time for which a topic keeps its records; throws what Kafka's client throws. */
  Duration retention(String topic);

  /**
   * The offset after the last record that was written to each partition, whether or not its
   * transaction has ended; throws what Kafka's client throws.
   */
  Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions);

  @Override
  void close();
}
