package io.fleetcompat.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.IndexWriter;
import io.fleetcompat.query.follow.ClusterTopicIds;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangeKey.Kind;
import io.fleetcompat.schemas.ChangePartitioner;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history that follows a real Kafka. */
class HistoryIT {

  static {
    Objects.requireNonNull(Codecs.CHANGE); // from here on, Avro makes our records
  }

  private static final Duration LONG = Duration.ofSeconds(30);

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final Map<String, Object> cluster = Map.of("bootstrap.servers", kafka.bootstrapServers());
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(cluster, new ByteArraySerializer(), new ByteArraySerializer());

  @TempDir private Path directory;

  @AfterEach
  void close() {
    producer.close();
  }

  private History start(IndexWriter index) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "none",
                "fetch.max.wait.ms", "100"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    History history =
        new History(
            HistoryStore.open(directory, HistoryBounds.DEFAULTS),
            consumer,
            new ClusterTopicIds(() -> Admin.create(cluster)),
            index.topics(),
            Clock.systemUTC());
    history.start();
    return history;
  }

  private void send(IndexWriter index, Kind kind, String name, ChangeCause cause) throws Exception {
    send(producer, index, kind, name, cause);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> to,
      IndexWriter index,
      Kind kind,
      String name,
      ChangeCause cause)
      throws Exception {
    ChangeKey key = new ChangeKey(kind, name);
    ChangeRecord change =
        ChangeRecord.newBuilder()
            .setCauses(List.of(cause))
            .setBefore(HistorySample.bytes("before " + name))
            .build();
    send(to, index, key, Codecs.CHANGE.encode(change));
  }

  private void send(IndexWriter index, ChangeKey key, byte[] value) throws Exception {
    send(producer, index, key, value);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> to, IndexWriter index, ChangeKey key, byte[] value)
      throws Exception {
    Topic<?, ?> topic = index.topics().changes();
    int partition = ChangePartitioner.partition(key, topic.partitions());
    byte[] bytes = key.toString().getBytes(StandardCharsets.UTF_8);
    to.send(new ProducerRecord<>(topic.name(), partition, bytes, value)).get();
  }

  private void sendMarkers(IndexWriter index) throws Exception {
    for (int partition = 0; partition < index.topics().changes().partitions(); partition++) {
      send(index, Kind.HISTORY, String.valueOf(partition), ChangeCause.HISTORY_BEGAN);
    }
  }

  private static Set<String> undone(History history) {
    Set<String> undone = new HashSet<>();
    history.undo(0, (subject, _, omitted) -> undone.add(subject + (omitted ? "?" : "")));
    return undone;
  }

  @Test
  void whatKafkaHadIsThereAndANewProcessGoesOn() throws Exception {
    try (IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix)) {
      try (History history = start(index)) {
        assertThat(history.awaitCurrent(LONG)).isTrue();
        assertThat(history.completeSince()).isEmpty();
        sendMarkers(index);
        send(index, Kind.HOST, "a", ChangeCause.HOST_STALE);
        send(index, new ChangeKey(Kind.HOST, "bad"), new byte[] {1, 2, 3});
        send(index, new ChangeKey(Kind.OVERRIDE, "?"), new byte[] {1, 2, 3});
        assertThat(history.awaitCurrent(LONG)).isTrue();
        assertThat(history.completeSince()).isPresent();
        assertThat(undone(history)).containsExactlyInAnyOrder("host/a", "host/bad?");
        assertThat(history.rejected().count()).isEqualTo(2);
      }
      send(index, Kind.POOL, "b", ChangeCause.POOL_HEALTH_CHANGED);
      try (History history = start(index)) {
        assertThat(history.awaitCurrent(LONG)).isTrue();
        assertThat(undone(history)).containsExactlyInAnyOrder("host/a", "host/bad?", "pool/b");
        assertThat(history.rejected().count()).as("nothing is read twice").isZero();
        assertThat(history.status().fault()).isEmpty();
      }
    }
  }

  @Test
  void manyWhoWaitAtOnceSeeWhatTheyWrote() throws Exception {
    try (IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix);
        History history = start(index);
        var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> waiters = new ArrayList<>();
      for (int n = 0; n < 40; n++) {
        String host = "host-" + n;
        waiters.add(
            () -> {
              send(index, Kind.HOST, host, ChangeCause.HOST_STALE);
              return history.awaitCurrent(LONG) && undone(history).contains("host/" + host);
            });
      }
      for (Future<Boolean> seen : threads.invokeAll(waiters)) {
        assertThat(seen.get()).isTrue();
      }
    }
  }

  @Test
  void whatATransactionHasWrittenIsAwaitedUntilItEnds() throws Exception {
    Map<String, Object> transactional = new HashMap<>(cluster);
    transactional.put("transactional.id", prefix + "changes");
    try (IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix);
        History history = start(index);
        KafkaProducer<byte[], byte[]> writer =
            new KafkaProducer<>(
                transactional, new ByteArraySerializer(), new ByteArraySerializer())) {
      assertThat(history.awaitCurrent(LONG)).isTrue();
      writer.initTransactions();
      writer.beginTransaction();
      send(writer, index, Kind.HOST, "a", ChangeCause.HOST_STALE);
      assertThat(history.awaitCurrent(Duration.ofSeconds(2))).isFalse();
      writer.commitTransaction();
      assertThat(history.awaitCurrent(LONG)).isTrue();
      assertThat(undone(history)).containsExactly("host/a");
      writer.beginTransaction();
      send(writer, index, Kind.HOST, "b", ChangeCause.HOST_STALE);
      writer.abortTransaction();
      assertThat(history.awaitCurrent(LONG)).isTrue();
      assertThat(undone(history)).containsExactly("host/a");
    }
  }

  @Test
  void aTopicThatWasMadeAnewIsReadFromItsBeginningAndNothingOfTheOldIsLeft() throws Exception {
    try (IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix);
        History history = start(index)) {
      sendMarkers(index);
      send(index, Kind.HOST, "old", ChangeCause.HOST_STALE);
      assertThat(history.awaitCurrent(LONG)).isTrue();
      delete(index);
      try (IndexWriter anew = new IndexWriter(kafka.bootstrapServers(), prefix)) {
        for (int n = 0; n < 10; n++) {
          send(anew, Kind.HOST, "new-" + n, ChangeCause.HOST_STALE);
        }
        Await.until("the new topic is read", () -> undone(history).size() == 10);
        assertThat(undone(history)).allMatch(subject -> subject.startsWith("host/new-"));
        assertThat(history.completeSince()).as("it has no marker").isEmpty();
      }
    }
  }

  @Test
  void damageIsReadAgainFromKafka() throws Exception {
    try (IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix)) {
      sendMarkers(index);
      send(index, Kind.HOST, "a", ChangeCause.HOST_STALE);
      try (History history = start(index)) {
        assertThat(history.awaitCurrent(LONG)).isTrue();
      }
      HistoryStoreTest.cut(directory.resolve("changes").resolve("CURRENT"), 1);
      try (History history = start(index)) {
        assertThat(history.awaitCurrent(LONG)).isTrue();
        assertThat(undone(history)).containsExactly("host/a");
        assertThat(history.completeSince()).isPresent();
      }
    }
  }

  private void delete(IndexWriter index) throws Exception {
    try (Admin admin = Admin.create(cluster)) {
      admin.deleteTopics(index.topics().all().stream().map(Topic::name).toList()).all().get();
      Await.until(
          "the topics are gone",
          () -> admin.listTopics().names().get().stream().noneMatch(n -> n.startsWith(prefix)));
    }
  }

  @Test
  void aMissingTopicIsWaitedFor() throws Exception {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                "false",
                "allow.auto.create.topics",
                "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    try (History history =
        new History(
            HistoryStore.open(directory, HistoryBounds.DEFAULTS),
            consumer,
            new ClusterTopicIds(() -> Admin.create(cluster)),
            new io.fleetcompat.schemas.Topics(prefix, 2, (short) 1),
            Clock.systemUTC())) {
      history.start();
      Await.until(
          "it says what it waits for",
          () -> history.status().fault().equals(Optional.of(waitingFor())));
      assertThat(history.awaitCurrent(Duration.ofMillis(10))).isFalse();
      try (IndexWriter index = new IndexWriter(kafka.bootstrapServers(), prefix)) {
        sendMarkers(index);
        Await.until("it follows", () -> history.completeSince().isPresent());
      }
    }
  }

  private String waitingFor() {
    return "waiting for the topic "
        + prefix
        + "changes: the indexer creates it, or 'topics --create'";
  }
}
