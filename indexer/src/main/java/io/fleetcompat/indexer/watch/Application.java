package io.fleetcompat.indexer.watch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/**
 * The Kafka Streams application that is watched, as far as the watchdog must know it.
 *
 * @param id the consumer group, and the prefix of its changelog topics
 * @param kafka settings of an administrative client and of a consumer
 * @param inputs all partitions that it reads
 * @param topics names of the topics that it reads or writes
 * @param state of this instance
 * @param assigned partitions that this instance reads now
 * @param restored a number that grows while this instance restores state
 */
public record Application(
    String id,
    Map<String, Object> kafka,
    Set<TopicPartition> inputs,
    List<String> topics,
    Supplier<KafkaStreams.State> state,
    Supplier<Set<TopicPartition>> assigned,
    LongSupplier restored) {

  public Application {
    kafka = Map.copyOf(kafka);
    inputs = Set.copyOf(inputs);
    topics = List.copyOf(topics);
  }

  /** True where this instance should do something about the partition. */
  boolean isConcernedWith(TopicPartition partition) {
    return state.get() != KafkaStreams.State.RUNNING || assigned.get().contains(partition);
  }

  boolean isChangelog(String topic) {
    return topic.startsWith(id + "-") && topic.endsWith("-changelog");
  }
}
