package io.fleetcompat.query.replica;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * The ids that Kafka gives topics: one that is made anew under the same name has another. There are
 * those of a cluster, and those that a test invents. One thread.
 */
public interface TopicIds extends AutoCloseable {

  /** The ids of topics by their names; throws what Kafka's client throws. */
  Map<String, Uuid> of(List<String> topics);

  @Override
  void close();
}
