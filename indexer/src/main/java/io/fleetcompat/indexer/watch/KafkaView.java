package io.fleetcompat.indexer.watch;

import io.fleetcompat.indexer.watch.HeldBack.OpenTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The view that Kafka's own clients have of an application from outside, whatever its threads do.
 * One thread.
 */
final class KafkaView implements AutoCloseable {

  /** The longest time that one question may take. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(15);

  private static final Duration POLL = Duration.ofMillis(200);

  private final Application application;
  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> reader;

  private KafkaView(Application application, Admin admin, KafkaConsumer<byte[], byte[]> reader) {
    this.application = application;
    this.admin = admin;
    this.reader = reader;
  }

  /**
   * Makes the clients.
   *
   * @throws org.apache.kafka.common.KafkaException if one cannot be made
   */
  static KafkaView open(Application application) {
    Map<String, Object> settings = settings(application);
    Admin admin = Admin.create(settings);
    try {
      return new KafkaView(application, admin, reader(settings));
    } catch (RuntimeException e) {
      admin.close(ANSWER_WITHIN);
      throw e;
    }
  }

  /** A reader of what is committed, in no group. */
  private static KafkaConsumer<byte[], byte[]> reader(Map<String, Object> common) {
    Map<String, Object> settings = new HashMap<>(common);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Map<String, Object> settings(Application application) {
    Map<String, Object> settings = new HashMap<>(application.kafka());
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
    return settings;
  }

  Positions positions() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    admin
        .listConsumerGroupOffsets(application.id())
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                committed.put(partition, offset.offset());
              }
            });
    return new Positions(committed, ends(application.inputs(), IsolationLevel.READ_UNCOMMITTED));
  }

  /**
   * True where there is something to do at that offset or after it: more than markers and aborted
   * records.
   */
  boolean hasMore(TopicPartition partition, long from, long end) {
    Set<TopicPartition> one = Set.of(partition);
    reader.assign(one);
    if (reader.endOffsets(one, ANSWER_WITHIN).getOrDefault(partition, end) < end) {
      return true; // held back by an open transaction
    }
    long first = reader.beginningOffsets(one, ANSWER_WITHIN).getOrDefault(partition, 0L);
    reader.seek(partition, Math.max(first, from));
    long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
    while (reader.position(partition, ANSWER_WITHIN) < end) {
      if (!reader.poll(POLL).isEmpty() || System.nanoTime() > deadline) {
        return true;
      }
    }
    return false;
  }

  /** Partitions of what it reads, writes and keeps that an open transaction holds back. */
  List<HeldBack> heldBack() throws ExecutionException, InterruptedException {
    Set<TopicPartition> all = partitions();
    Map<TopicPartition, Long> ends = ends(all, IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> stable = ends(all, IsolationLevel.READ_COMMITTED);
    List<HeldBack> heldBack = new ArrayList<>();
    for (TopicPartition partition : all) {
      long end = ends.getOrDefault(partition, 0L);
      long readable = stable.getOrDefault(partition, end);
      if (readable < end) {
        heldBack.add(new HeldBack(partition, readable, end, openTransactions(partition)));
      }
    }
    return heldBack;
  }

  private Set<TopicPartition> partitions() throws ExecutionException, InterruptedException {
    List<String> names =
        admin.listTopics().names().get().stream()
            .filter(name -> application.isChangelog(name) || application.topics().contains(name))
            .toList();
    Set<TopicPartition> all = new TreeSet<>(Partitions.BY_NAME);
    all.addAll(application.inputs());
    for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
      topic.partitions().forEach(p -> all.add(new TopicPartition(topic.name(), p.partition())));
    }
    return all;
  }

  private List<OpenTransaction> openTransactions(TopicPartition partition)
      throws ExecutionException, InterruptedException {
    return admin
        .describeProducers(Set.of(partition))
        .partitionResult(partition)
        .get()
        .activeProducers()
        .stream()
        .filter(producer -> producer.currentTransactionStartOffset().isPresent())
        .map(
            producer ->
                new OpenTransaction(
                    producer.producerId(), Instant.ofEpochMilli(producer.lastTimestamp())))
        .toList();
  }

  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, IsolationLevel level)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest =
        partitions.stream()
            .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(latest, new ListOffsetsOptions(level))
        .all()
        .get()
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }

  @Override
  public void close() {
    try {
      reader.close(CloseOptions.timeout(ANSWER_WITHIN));
    } finally {
      admin.close(ANSWER_WITHIN);
    }
  }
}
