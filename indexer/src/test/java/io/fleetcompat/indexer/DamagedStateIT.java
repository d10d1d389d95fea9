package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.store.Damage;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.KillableProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An indexer against a real broker, whose state on disk is damaged in every way at once. */
class DamagedStateIT {

  private static final int PARTITIONS = 3;
  private static final int DAMAGED_PARTITION = 1;
  private static final long SEED = 11;
  private static final int EVENTS = 150;
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(1);

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final Topics topics = new Topics(kafka.uniquePrefix(), PARTITIONS, (short) 1);
  private final History history = new History(SEED);

  @TempDir Path directory;

  @Test
  void aDamagedStateIsMovedAsideAndReadAgain() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
    }
    try (KafkaProducer<byte[], byte[]> producer = producer();
        IndexTopics index = new IndexTopics(kafka.bootstrapServers(), topics)) {
      SimpleMeterRegistry first = new SimpleMeterRegistry();
      try (Indexer indexer = Indexer.start(config(directory), first)) {
        send(producer, history.events(EVENTS));
        awaitModel(index);
        assertThat(indexer.hasFailed()).isFalse();
      }
      assertThat(movedAside(first)).isZero();
      int damaged = damageEverything();
      SimpleMeterRegistry second = new SimpleMeterRegistry();
      try (Indexer indexer = Indexer.start(config(directory), second)) {
        send(producer, history.events(EVENTS));
        awaitModel(index);
        assertThat(indexer.hasFailed()).isFalse();
        assertThat(movedAside(second)).as("things moved aside").isEqualTo(damaged);
      }
      // A process of its own, with a cache that holds nothing: what is damaged is read soon.
      try (KillableProcess indexer = process(Map.of("cache-bytes", "1"))) {
        List<History.Event> ofDamaged = runOnOtherPartitions(producer, index);
        int before = aside().size();
        List<Path> stores = storesOf("0_" + DAMAGED_PARTITION);
        assertThat(stores).isNotEmpty();
        for (Path store : stores) {
          Damage.SST_FLIPPED.strike(store);
        }
        Await.until(
            "the damage to be met by whoever reads it",
            CAUGHT_UP_WITHIN,
            () -> {
              send(producer, ofDamaged);
              ofDamaged.clear();
              return aside().size();
            },
            found -> found > before);
        awaitModel(index);
        assertThat(indexer.isAlive()).as("log: %s", indexer.log()).isTrue();
      }
    }
  }

  @Test
  void garbageInTheChangelogsIsRejectedAndWhatItReplacedMadeAgain() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
    }
    Path first = directory.resolve("first");
    try (KafkaProducer<byte[], byte[]> producer = producer();
        IndexTopics index = new IndexTopics(kafka.bootstrapServers(), topics)) {
      try (Indexer indexer = Indexer.start(config(first), new SimpleMeterRegistry())) {
        send(producer, history.events(EVENTS));
        awaitModel(index);
        assertThat(indexer.hasFailed()).isFalse();
      }
      garble(producer, index);
      Path second = directory.resolve("second"); // empty: all is restored from the changelogs
      try (Indexer indexer = Indexer.start(config(second), new SimpleMeterRegistry())) {
        send(producer, history.events(EVENTS));
        awaitModel(index);
        Await.until(
            "what is garbage to be rejected",
            CAUGHT_UP_WITHIN,
            () -> index.poll().rejected.stream().filter(each -> each.getOffset() < 0).count(),
            rejected -> rejected > index.poll().profiles.size());
        assertThat(indexer.hasFailed()).isFalse();
      }
    }
  }

  @Test
  void topicsThatWereEmptiedAreWrittenAgain() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        KafkaProducer<byte[], byte[]> producer = producer()) {
      TopicSetup.ensure(admin, topics, true);
      Map<String, String> settings = new TreeMap<>(settings(directory));
      settings.put("compare-every", "1s");
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      try (Indexer indexer = Indexer.start(IndexerConfig.parse(settings), registry)) {
        send(producer, history.events(EVENTS));
        try (IndexTopics index = new IndexTopics(kafka.bootstrapServers(), topics)) {
          awaitModel(index);
        }
        empty(admin, topics.matrix());
        empty(admin, topics.profiles());
        empty(admin, topics.placements());
        // Whoever reads the topics from their beginning, as a new replica does.
        try (IndexTopics index = new IndexTopics(kafka.bootstrapServers(), topics)) {
          awaitModel(index);
        }
        assertThat(indexer.hasFailed()).isFalse();
      }
    }
  }

  private static void empty(Admin admin, Topic<?, ?> topic) throws Exception {
    Map<TopicPartition, OffsetSpec> newest = new HashMap<>();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      newest.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
    }
    Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
    admin
        .listOffsets(newest)
        .all()
        .get()
        .forEach(
            (partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
    // Kafka deletes no records of a topic that is compacted only.
    policy(admin, topic, "compact,delete");
    Await.until("the other policy to be known", () -> isDeleted(admin, all));
    policy(admin, topic, "compact");
  }

  private static boolean isDeleted(Admin admin, Map<TopicPartition, RecordsToDelete> records) {
    try {
      admin.deleteRecords(records).all().get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(PolicyViolationException.class);
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void policy(Admin admin, Topic<?, ?> topic, String policy) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    AlterConfigOp alter =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(alter))).all().get();
  }

  private void garble(KafkaProducer<byte[], byte[]> producer, IndexTopics index) throws Exception {
    for (String host : history.model().keySet()) {
      garble(producer, "hosts", HostPartitioner.partition(host, PARTITIONS), host);
    }
    garble(producer, "hosts", 0, "no host");
    for (Fingerprint profile : index.poll().profiles.keySet()) {
      garble(producer, "profiles", 0, profile.toString());
      garble(producer, "probe-profiles", 0, profile.toString());
      garble(producer, "pool-inputs", 0, topics.profiles().name() + " " + profile);
    }
    garble(producer, "judge-meta", 0, "next-number");
    garble(producer, "judge-meta", 0, "in-force");
  }

  private void garble(
      KafkaProducer<byte[], byte[]> producer, String store, int partition, String key)
      throws Exception {
    String changelog = config(directory).applicationId() + "-" + store + "-changelog";
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(changelog, partition, bytes, new byte[] {1, 2, 3})).get();
  }

  /** Sends documents until one is placed; those of the partition that is damaged come later. */
  private List<History.Event> runOnOtherPartitions(
      KafkaProducer<byte[], byte[]> producer, IndexTopics index) {
    int before = index.poll().placementRecords;
    List<History.Event> later = new ArrayList<>();
    for (History.Event event : history.events(EVENTS)) {
      if (partition(event) == DAMAGED_PARTITION) {
        later.add(event);
      } else {
        send(producer, List.of(event));
      }
    }
    Await.until(
        "it to run", CAUGHT_UP_WITHIN, () -> index.poll().placementRecords, now -> now > before);
    return later;
  }

  private static int partition(History.Event event) {
    return HostPartitioner.partition(event.host(), PARTITIONS);
  }

  private List<Path> aside() {
    try (Stream<Path> all = Files.list(directory.resolve("damaged"))) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Damages each store of each task in the next way, and then what is around the stores. */
  private int damageEverything() throws IOException {
    int damaged = 0;
    List<Damage> ways = List.of(Damage.values());
    for (String task : List.of("0_0", "0_1", "1_0", "2_0")) {
      for (Path store : storesOf(task)) {
        ways.get(damaged++ % ways.size()).strike(store);
      }
    }
    assertThat(damaged).as("stores that hold anything").isGreaterThanOrEqualTo(ways.size());
    Path folder = folder();
    Files.writeString(folder.resolve("0_2/.checkpoint"), "nonsense");
    Files.writeString(folder.resolve("kafka-streams-process-metadata"), "nonsense");
    Files.writeString(folder.resolve("0_0/foreign"), "nonsense");
    Files.createDirectories(folder.resolve("77_0/rocksdb/hosts"));
    return damaged + 2; // 0_2 and 77_0
  }

  private List<Path> storesOf(String task) throws IOException {
    try (Stream<Path> stores = Files.list(folder().resolve(task).resolve("rocksdb"))) {
      return stores.filter(DamagedStateIT::holdsFiles).sorted().toList();
    }
  }

  private static boolean holdsFiles(Path store) {
    String[] files = store.toFile().list((_, name) -> name.endsWith(".sst"));
    return files != null && files.length > 0;
  }

  private Path folder() {
    return directory.resolve(config(directory).applicationId());
  }

  private static int movedAside(SimpleMeterRegistry registry) {
    return (int) registry.get("fleetcompat.indexer.state.damaged").counter().count();
  }

  private void awaitModel(IndexTopics index) {
    Await.until(
        "the model's placements, judged (seed " + SEED + ")",
        CAUGHT_UP_WITHIN,
        () -> {
          Published published = index.poll();
          return published.placed().equals(history.model())
              && published.disagreements(new Judge(Set.of())).isEmpty();
        },
        held -> held);
  }

  private IndexerConfig config(Path state) {
    return IndexerConfig.parse(settings(state));
  }

  private KillableProcess process(Map<String, String> more) throws IOException {
    Map<String, String> settings = new TreeMap<>(settings(directory));
    settings.putAll(more);
    return new KillableProcess(IndexerMain.class, directory, settings);
  }

  private Map<String, String> settings(Path state) {
    return Map.of(
        "bootstrap-servers",
        kafka.bootstrapServers(),
        "state-dir",
        state.toString(),
        "topic-prefix",
        topics.prefix(),
        "partitions",
        String.valueOf(PARTITIONS),
        "instance-id",
        "only",
        "standby-replicas",
        "0");
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "0"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private void send(KafkaProducer<byte[], byte[]> producer, List<History.Event> events) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (History.Event event : events) {
      byte[] key = event.host().getBytes(StandardCharsets.UTF_8);
      int partition = partition(event);
      String topic = topics.hostInventory().name();
      sent.add(producer.send(new ProducerRecord<>(topic, partition, key, event.value())));
    }
    producer.flush();
    assertThat(sent).allMatch(Future::isDone);
  }
}
