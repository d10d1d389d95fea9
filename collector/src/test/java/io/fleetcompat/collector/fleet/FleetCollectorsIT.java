package io.fleetcompat.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet directory as Kafka sees it. */
class FleetCollectorsIT {

  @TempDir Path temp;
  private Path fleet = Path.of("");
  private final Map<String, String> settings = new TreeMap<>();

  /** Host → pool, as the topic now says; a tombstone takes the host away. */
  private final Map<String, String> pools = new TreeMap<>();

  @BeforeEach
  void topics() throws Exception {
    KafkaFixture kafka = KafkaFixture.shared();
    Map<String, String> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    fleet = Files.createDirectories(temp.resolve("fleet"));
    settings.put("bootstrap-servers", kafka.bootstrapServers());
    settings.put("topic-prefix", kafka.uniquePrefix());
    settings.put("state-dir", temp.resolve("state").toString());
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(client))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(config().topics().hostInventory().name(), 1, (short) 1),
                  new NewTopic(config().topics().hostCapacity().name(), 1, (short) 1)))
          .all()
          .get();
    }
  }

  @Test
  void hostsComeChangeAndGoAlsoWhileNobodyLooks() throws IOException {
    host("one", "{\"labels\": {\"pool\": \"p\"}}");
    host("two", "{\"name\": \"second\"}");
    host("three", "{\"name\": \"second\"}");
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      try (FleetCollectors collectors = start()) {
        expect(consumer, Map.of("one", "p", "second", "-"));
        assertThat(collectors.problems()).containsOnlyKeys("two");
        host("one", "{\"labels\": {\"pool\": \"q\"}}");
        host("four", "{}");
        expect(consumer, Map.of("one", "q", "second", "-", "four", "-"));
        host("one", "{\"labels\": ");
        remove("four");
        expect(consumer, Map.of("one", "q", "second", "-"));
        assertThat(collectors.problems()).containsOnlyKeys("one", "two");
      }
      host("one", "{\"labels\": ");
      try (FleetCollectors collectors = start()) {
        Await.until("the folder to be refused", () -> collectors.problems().containsKey("one"));
        expect(consumer, Map.of("one", "q", "second", "-"));
      }
      host("one", "{\"labels\": {\"pool\": \"r\"}}");
      remove("three");
      remove("two");
      try (FleetCollectors collectors = start()) {
        expect(consumer, Map.of("one", "r"));
        assertThat(collectors.problems()).isEmpty();
      }
    }
  }

  @Test
  void aChangedFileIsHeardOfThoughNobodyPolls() throws IOException {
    settings.put("interval.poll", "1h");
    host("one", "{}");
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        FleetCollectors collectors = start()) {
      expect(consumer, Map.of("one", "-"));
      assertThat(collectors.size()).isOne();
      Path type = fleet.resolve("one/sys/class/mdev_bus/p/mdev_supported_types/t");
      Files.createDirectories(type);
      Files.writeString(type.resolve("software_version"), "1.0\n");
      Await.until(
          "a document that has the type", () -> read(consumer).contains("software_version"));
    }
  }

  private ProcessConfig config() {
    return ProcessConfig.parse(settings);
  }

  private static String read(KafkaConsumer<byte[], byte[]> consumer) throws Exception {
    StringBuilder text = new StringBuilder();
    for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100))) {
      text.append(Codecs.HOST_INVENTORY.decode(r.value()));
    }
    return text.toString();
  }

  private FleetCollectors start() throws IOException {
    return FleetCollectors.start(fleet, config(), new SimpleMeterRegistry());
  }

  private void expect(KafkaConsumer<byte[], byte[]> consumer, Map<String, String> expected) {
    Await.until(
        "the topic to say " + expected,
        Await.DEFAULT_DEADLINE,
        () -> {
          for (ConsumerRecord<byte[], byte[]> r : consumer.poll(Duration.ofMillis(100))) {
            String host = new String(r.key(), StandardCharsets.UTF_8);
            pools.remove(host);
            if (r.value() != null) {
              Map<String, String> labels = Codecs.HOST_INVENTORY.decode(r.value()).getLabels();
              pools.put(host, labels.getOrDefault("pool", "-"));
            }
          }
          return pools;
        },
        expected::equals);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>copyOf(config().kafka().all()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    var partitions = List.of(new TopicPartition(config().topics().hostInventory().name(), 0));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private void host(String folder, String document) throws IOException {
    Files.createDirectories(fleet.resolve(folder).resolve("sys/devices"));
    Path fresh = temp.resolve("host.json");
    Files.writeString(fresh, document);
    Files.move(fresh, fleet.resolve(folder).resolve("host.json"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void remove(String folder) throws IOException {
    Path aside = temp.resolve("gone-" + folder);
    Files.move(fleet.resolve(folder), aside);
  }
}
