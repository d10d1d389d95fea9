package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.OwnBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing to a real broker, also to one that goes away. */
class PublisherIT {

  private static final int PARTITIONS = 4;

  @TempDir Path directory;

  @Test
  void aChangeOnDiskArrivesAndARemovedHostLeavesTombstones() throws Exception {
    KafkaFixture kafka = KafkaFixture.shared();
    Topics topics = new Topics(kafka.uniquePrefix(), PARTITIONS, (short) 1);
    create(kafka.bootstrapServers(), topics);
    TreeOnDisk disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    String type = "devices/pci0000:00/0000:00:02.0/mdev_supported_types/t";
    disk.parent("0000:00:02.0")
        .file(type + "/software_version", "1.0.0\n")
        .file(type + "/available_instances", "4\n");
    CollectorConfig config =
        CollectorConfig.parse(
            Map.of(
                "host", "hv1",
                "root", disk.root().toString(),
                "label.pool", "gold",
                "bootstrap-servers", kafka.bootstrapServers(),
                "topic-prefix", topics.prefix()));
    try (Reader inventories = new Reader(kafka.bootstrapServers(), topics.hostInventory());
        Reader capacities = new Reader(kafka.bootstrapServers(), topics.hostCapacity());
        Collector collector = Collector.start(config, new SimpleMeterRegistry())) {
      assertThat(collector.host()).isEqualTo("hv1");
      HostInventory first = Codecs.HOST_INVENTORY.decode(inventories.newest("hv1"));
      assertThat(first.getSequence()).isEqualTo(1);
      assertThat(first.getLabels()).isEqualTo(Map.of("pool", "gold"));
      assertThat(inventories.partitionOf("hv1"))
          .isEqualTo(HostPartitioner.partition("hv1", PARTITIONS));
      HostCapacity capacity = Codecs.HOST_CAPACITY.decode(capacities.newest("hv1"));
      assertThat(capacity.getCapacity()).isEqualTo(Map.of("0000:00:02.0/t", 4));

      long written = System.nanoTime();
      disk.file(type + "/software_version", "1.1.0\n");
      Await.until(
          "the new version",
          () -> {
            HostInventory now = Codecs.HOST_INVENTORY.decode(inventories.newest("hv1"));
            return now.getSequence() == 2 && now.getChanged().equals(List.of("0000:00:02.0/t"));
          });
      assertThat(Duration.ofNanos(System.nanoTime() - written))
          .isLessThan(config.process().intervals().rescan());

      disk.file(type + "/available_instances", "3\n");
      Await.until(
          "the new capacity",
          () ->
              Codecs.HOST_CAPACITY
                  .decode(capacities.newest("hv1"))
                  .getCapacity()
                  .equals(Map.of("0000:00:02.0/t", 3)));
      assertThat(Codecs.HOST_INVENTORY.decode(inventories.newest("hv1")).getSequence())
          .isEqualTo(2);
    }
    try (InventoryPublisher publisher =
            new InventoryPublisher(
                config.process().kafka().all(),
                topics,
                HostKeys.none(),
                new SimpleMeterRegistry());
        Reader inventories = new Reader(kafka.bootstrapServers(), topics.hostInventory())) {
      publisher.remove("hv1", 1);
      assertThat(publisher.flush(Await.DEFAULT_DEADLINE)).isTrue();
      Await.until("a tombstone", () -> inventories.newest("hv1") == null);
    }
  }

  @Test
  void aNameThatKafkaHeardIsKeptThoughItsCollectorStopsBeforeAnySignOfLife() throws Exception {
    KafkaFixture kafka = KafkaFixture.shared();
    Topics topics = new Topics(kafka.uniquePrefix(), PARTITIONS, (short) 1);
    create(kafka.bootstrapServers(), topics);
    Path state = directory.resolve("state");
    CollectorConfig config =
        CollectorConfig.parse(
            Map.of(
                "host", "hv1",
                "root",
                    Files.createDirectories(directory.resolve("sys/devices"))
                        .resolveSibling("")
                        .toString(),
                "state-dir", state.toString(),
                "interval.heartbeat", "5m",
                "interval.rescan", "5m",
                "bootstrap-servers", kafka.bootstrapServers(),
                "topic-prefix", topics.prefix()));
    try (Collector collector = Collector.start(config, new SimpleMeterRegistry())) {
      Await.until("the first document", collector::isPublished);
      assumeThat(files(state))
          .as("a machine without an id keeps no name")
          .anyMatch(isOfNames(true));
      assertThat(files(state)).noneMatch(isOfNames(false));
    }
    Path names = files(state).stream().filter(isOfNames(false)).findFirst().orElseThrow();
    assertThat(names).content().contains("spoken=hv1");
  }

  private static Predicate<Path> isOfNames(boolean lock) {
    return file ->
        file.getFileName().toString().startsWith("name-")
            && file.toString().endsWith(".lock") == lock;
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void theNewestOfEveryHostArrivesAfterTheBrokerWasKilledAndCameBack() throws Exception {
    try (OwnBroker broker = KafkaFixture.own()) {
      String servers = broker.process().bootstrapServers();
      Topics topics = new Topics("", PARTITIONS, (short) 1);
      create(servers, topics);
      List<String> hosts = IntStream.range(0, 300).mapToObj(i -> "host-" + i).toList();
      try (InventoryPublisher publisher =
          new InventoryPublisher(
              Map.of("bootstrap.servers", servers),
              topics,
              HostKeys.none(),
              new SimpleMeterRegistry())) {
        hosts.forEach(host -> publisher.publish(capacity(host, 1L)));
        assertThat(publisher.flush(Await.DEFAULT_DEADLINE)).isTrue();

        broker.process().kill();
        for (long sequence = 2; sequence <= 50; sequence++) {
          for (String host : hosts) {
            publisher.publish(capacity(host, sequence));
          }
        }
        assertThat(publisher.unsent()).isEqualTo(hosts.size());

        broker.process().restart();
        assertThat(publisher.flush(Await.DEFAULT_DEADLINE)).isTrue();
      }
      try (Reader reader = new Reader(servers, topics.hostCapacity())) {
        for (String host : hosts) {
          Await.until(
              "the newest of " + host,
              () -> Codecs.HOST_CAPACITY.decode(reader.newest(host)).getSequence() == 50);
        }
        assertThat(reader.inOrder()).isTrue();
      }
    }
  }

  private static HostCapacity capacity(String host, long sequence) {
    return new HostCapacity(
        host, 1L, sequence, java.time.Instant.EPOCH, Map.of(), false, List.of(), null, Map.of());
  }

  private static void create(String servers, Topics topics) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              topics.all().stream()
                  .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(t.settings()))
                  .toList())
          .all()
          .get();
    }
  }

  /** Reads a topic from its beginning, again and again. */
  private static final class Reader implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();

    Reader(String servers, Topic<?, ?> topic) {
      consumer =
          new KafkaConsumer<>(
              Map.of("bootstrap.servers", servers),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      Set<TopicPartition> partitions = new java.util.HashSet<>();
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    byte @Nullable [] newest(String host) {
      return Await.until(
              "a record of " + host,
              Await.DEFAULT_DEADLINE,
              () -> {
                poll();
                return records.getOrDefault(host, List.of());
              },
              found -> !found.isEmpty())
          .getLast()
          .value();
    }

    int partitionOf(String host) {
      return records.getOrDefault(host, List.of()).getLast().partition();
    }

    boolean inOrder() throws Exception {
      for (List<ConsumerRecord<byte[], byte[]>> ofHost : records.values()) {
        long before = 0;
        for (ConsumerRecord<byte[], byte[]> record : ofHost) {
          long now = Codecs.HOST_CAPACITY.decode(record.value()).getSequence();
          if (now < before) {
            return false;
          }
          before = now;
        }
      }
      return true;
    }

    private void poll() {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
        String host = new String(record.key(), StandardCharsets.UTF_8);
        records.computeIfAbsent(host, _ -> new ArrayList<>()).add(record);
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }
}
