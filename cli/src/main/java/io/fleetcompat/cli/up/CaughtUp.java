package io.fleetcompat.cli.up;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A watch on the indexer: has it placed everything that host-inventory held when this was made? One
 * thread.
 */
final class CaughtUp {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final Admin admin;
  private final String group;
  private final Map<TopicPartition, Long> ends;
  private boolean reached;

  private CaughtUp(Admin admin, String group, Map<TopicPartition, Long> ends) {
    this.admin = admin;
    this.group = group;
    this.ends = ends;
  }

  /**
   * Remembers where the topic ends now.
   *
   * @param group the indexer's application id, which its commits go under
   */
  static CaughtUp with(Admin admin, String topic, int partitions, String group)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      latest.put(new TopicPartition(topic, i), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        answer(admin.listOffsets(latest).all()).entrySet()) {
      if (end.getValue().offset() > 0) {
        ends.put(end.getKey(), end.getValue().offset());
      }
    }
    return new CaughtUp(admin, group, ends);
  }

  boolean isReached() throws InterruptedException {
    if (!reached) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
      reached =
          ends.entrySet().stream()
              .allMatch(
                  end -> {
                    OffsetAndMetadata offset = committed.get(end.getKey());
                    return offset != null && offset.offset() >= end.getValue();
                  });
    }
    return reached;
  }

  private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka did not say how far the indexer is: " + e, e);
    }
  }
}
