package io.fleetcompat.oracle.simulated;

import io.fleetcompat.query.follow.TopicIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The ids of topics that are never made anew. */
record OneCluster(FakeLog log) implements TopicIds {

  @Override
  public Map<String, Uuid> of(List<String> topics) {
    Map<String, Uuid> ids = new HashMap<>();
    topics.forEach(topic -> ids.put(topic, Uuid.ONE_UUID));
    return ids;
  }

  @Override
  public Duration retention(String topic) {
    return Duration.ofDays(1);
  }

  @Override
  public Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, log.partition(partition).end()));
    return ends;
  }

  @Override
  public void close() {}
}
