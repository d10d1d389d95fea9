package io.fleetcompat.query.follow;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The ids that a cluster gives topics, and where they end. One thread.
 *
 * <p>The client is made on a thread of its own, while the replica makes its consumer: one after the
 * other they would take half a second longer until the first record.
 */
public final class ClusterTopicIds implements TopicIds {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private final CompletableFuture<Admin> admin;

  /**
   * @param client makes the client, which is closed with this; what it throws is thrown to whoever
   *     asks
   */
  public ClusterTopicIds(Supplier<Admin> client) {
    admin =
        CompletableFuture.supplyAsync(
            client, making -> Thread.ofPlatform().name("topic-ids").daemon().start(making));
  }

  private Admin admin() {
    try {
      return admin.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof KafkaException fault ? fault : new KafkaException(e.getCause());
    }
  }

  @Override
  public Map<String, Uuid> of(List<String> topics) {
    Map<String, Uuid> ids = new HashMap<>();
    admin()
        .describeTopics(topics)
        .topicNameValues()
        .forEach((topic, description) -> ids.put(topic, answer(description).topicId()));
    return ids;
  }

  @Override
  public Duration retention(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config settings =
        answer(admin().describeConfigs(List.of(resource)).all()).values().iterator().next();
    long millis = Long.parseLong(settings.get(TopicConfig.RETENTION_MS_CONFIG).value());
    return Duration.ofMillis(millis < 0 ? Long.MAX_VALUE : millis); // -1: for ever
  }

  @Override
  public Map<TopicPartition, Long> writtenEnds(List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    ListOffsetsOptions withOpenTransactions =
        new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> ends = new HashMap<>();
    answer(admin().listOffsets(asked, withOpenTransactions).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  private static <T> T answer(KafkaFuture<T> question) {
    try {
      return question.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KafkaException fault ? fault : new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          "Kafka has not described the topics within " + ANSWER_TIMEOUT, e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  @Override
  public void close() {
    if (!admin.isCompletedExceptionally()) {
      admin().close(ANSWER_TIMEOUT);
    }
  }
}
