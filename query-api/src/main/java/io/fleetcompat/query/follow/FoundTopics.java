package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Topics that are there, and what Kafka says of them when it is asked. To be asked before they are
 * read, by the thread that reads.
 *
 * @param ids by their names
 * @param beginnings the first offset that each partition still has
 * @param ends the offset after the last that may be read
 * @param times the first offset of each partition from a time on
 */
public record FoundTopics(
    Map<String, Uuid> ids,
    List<TopicPartition> partitions,
    Offsets beginnings,
    Offsets ends,
    Times times,
    Retention retention) {

  /** A question for an offset of every partition. */
  @FunctionalInterface
  public interface Offsets {
    Map<TopicPartition, Long> ask() throws KafkaFaultException;
  }

  /**
   * A question for the first offset of every partition whose record is not before a time, in
   * milliseconds since 1970; a partition without such a record is not in the answer.
   */
  @FunctionalInterface
  public interface Times {
    Map<TopicPartition, Long> ask(long since) throws KafkaFaultException;
  }

  /** A question how long a topic keeps its records. */
  @FunctionalInterface
  public interface Retention {
    Duration ask(String topic) throws KafkaFaultException;
  }
}
