package io.fleetcompat.cli.up;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch on the indexer: has it placed everything that host-inventory held when this was asked
 * first? While Kafka does not answer, it has not. One thread.
 */
final class CaughtUp {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(CaughtUp.class);

  private final Admin admin;
  private final List<TopicPartition> partitions;
  private final String group;
  private Optional<Map<TopicPartition, Long>> ends = Optional.empty();
  private boolean reached;

  /**
   * A watch that begins when it is asked.
   *
   * @param topic host-inventory
   * @param group the indexer's application id, which its commits go under
   */
  CaughtUp(Admin admin, String topic, int partitions, String group) {
    this.admin = admin;
    this.partitions =
        IntStream.range(0, partitions).mapToObj(p -> new TopicPartition(topic, p)).toList();
    this.group = group;
  }

  boolean isReached() throws InterruptedException {
    try {
      if (ends.isEmpty()) {
        ends = Optional.of(ends());
      }
      reached = reached || isReached(ends.get());
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Kafka did not say how far the indexer is", e);
    }
    return reached;
  }

  private boolean isReached(Map<TopicPartition, Long> known)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    return known.entrySet().stream()
        .allMatch(
            end -> {
              OffsetAndMetadata offset = committed.get(end.getKey());
              return offset != null && offset.offset() >= end.getValue();
            });
  }

  /** The ends of the partitions that have any record. */
  private Map<TopicPartition, Long> ends()
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, Long> found = new HashMap<>();
    answer(admin.listOffsets(latest).all())
        .forEach(
            (partition, end) -> {
              if (end.offset() > 0) {
                found.put(partition, end.offset());
              }
            });
    return found;
  }

  private static <T> T answer(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
  }
}
