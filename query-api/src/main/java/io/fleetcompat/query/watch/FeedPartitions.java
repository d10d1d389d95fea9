package io.fleetcompat.query.watch;

import io.fleetcompat.query.follow.FoundTopics;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * The partitions that a feed is made of, in an order that is the same on every replica. Immutable.
 *
 * @param mark tells these topics from others of the same names
 */
record FeedPartitions(List<TopicPartition> all, Map<TopicPartition, Integer> numbers, int mark) {

  static FeedPartitions of(FoundTopics topics) {
    List<TopicPartition> all =
        topics.partitions().stream()
            .sorted(
                Comparator.comparing(TopicPartition::topic)
                    .thenComparingInt(TopicPartition::partition))
            .toList();
    Map<TopicPartition, Integer> numbers = new HashMap<>();
    for (TopicPartition partition : all) {
      numbers.put(partition, numbers.size());
    }
    return new FeedPartitions(all, Map.copyOf(numbers), mark(topics.ids()));
  }

  private static int mark(Map<String, Uuid> ids) {
    CRC32C sum = new CRC32C();
    new TreeMap<>(ids)
        .forEach(
            (name, id) -> sum.update((name + "=" + id + ";").getBytes(StandardCharsets.UTF_8)));
    return (int) sum.getValue();
  }

  int size() {
    return all.size();
  }

  /** The number of one of them. */
  int number(TopicPartition partition) {
    return Objects.requireNonNull(numbers.get(partition));
  }

  /** The position of these offsets; a partition that is not among them is at its beginning. */
  FeedPosition position(Map<TopicPartition, Long> offsets) {
    long[] next = new long[all.size()];
    offsets.forEach((partition, offset) -> next[number(partition)] = offset);
    return new FeedPosition(mark, next);
  }
}
