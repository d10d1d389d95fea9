package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** The ids of topics that are all the same one, and of which nothing else is known. */
public final class OneTopicId implements TopicIds {

  @Override
  public Map<String, Uuid> of(List<String> topics) {
    return topics.stream().collect(Collectors.toMap(topic -> topic, _ -> Uuid.ONE_UUID));
  }

  @Override
  public Duration retention(String topic) {
    return Duration.ofDays(30);
  }

  @Override
  public Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions) {
    return Map.of();
  }

  @Override
  public void close() {}
}
