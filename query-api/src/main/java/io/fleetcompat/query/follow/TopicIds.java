package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * The ids that Kafka gives topics: one that is made anew under the same name has another. There are
 * those of a cluster, and those that a test invents. They know how long a topic is kept, too. One
 * thread.
 */
public interface TopicIds extends AutoCloseable {

  /** The ids of topics by their names; throws what Kafka's client throws. */
  Map<String, Uuid> of(List<String> topics);

  /** How long a topic keeps its records; throws what Kafka's client throws. */
  Duration retention(String topic);

  @Override
  void close();
}
