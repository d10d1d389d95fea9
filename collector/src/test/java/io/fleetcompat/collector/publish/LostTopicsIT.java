package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are deleted and made anew while a collector runs, which has nothing new to say. */
class LostTopicsIT {

  @TempDir Path directory;

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final Topics topics = new Topics(kafka.uniquePrefix(), 2, (short) 1);

  @BeforeEach
  void makeTopics() throws Exception {
    make(topics.all());
  }

  @Test
  void theDocumentIsSentAgainWhereItsTopicAloneIsLost() throws Exception {
    try (Collector collector = start()) {
      Await.until("the first document", collector::isPublished);
      lose(List.of(topics.hostInventory()));
      HostInventory again = documentOnceThere();
      assertThat(again.getSequence()).isEqualTo(2);
      assertThat(again.getCause()).isEqualTo("resend");
      assertThat(records(topics.hostInventory())).as("sent once").hasSize(1);
    }
  }

  @Test
  void theDocumentIsSentAgainWhereAllTopicsAreLost() throws Exception {
    try (Collector collector = start()) {
      Await.until("the first document", collector::isPublished);
      lose(topics.all());
      documentOnceThere();
      Await.until("a heartbeat", () -> !records(topics.hostCapacity()).isEmpty());
    }
  }

  @Test
  void heartbeatsGoOnWhereTheirTopicAloneIsLostAndNoDocumentIsSentAgain() throws Exception {
    try (Collector collector = start()) {
      Await.until("the first document", collector::isPublished);
      lose(List.of(topics.hostCapacity()));
      Await.until("two heartbeats", () -> records(topics.hostCapacity()).size() > 1);
      assertThat(records(topics.hostInventory())).hasSize(1);
    }
  }

  /** A host without devices, that nobody looks at: only what is lost is sent again. */
  private Collector start() throws Exception {
    return Collector.start(
        CollectorConfig.parse(
            Map.of(
                "host", "hv1",
                "root",
                    Files.createDirectories(directory.resolve("sys/devices"))
                        .resolveSibling("")
                        .toString(),
                "interval.heartbeat", "200ms",
                "interval.rescan", "1h",
                "interval.refresh", "1h",
                "interval.poll", "1h",
                "interval.resend", "500ms",
                "kafka.metadata.max.age.ms", "500",
                "bootstrap-servers", kafka.bootstrapServers(),
                "topic-prefix", topics.prefix())),
        new SimpleMeterRegistry());
  }

  private HostInventory documentOnceThere() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> found =
        Await.until(
            "a document in the new topic",
            Await.DEFAULT_DEADLINE,
            () -> records(topics.hostInventory()),
            records -> !records.isEmpty());
    return Codecs.HOST_INVENTORY.decode(found.getLast().value());
  }

  private void lose(List<Topic<?, ?>> lost) throws Exception {
    try (Admin admin = admin()) {
      List<String> names = lost.stream().<String>map(Topic::name).toList();
      admin.deleteTopics(names).all().get();
      Await.until(
          "the topics to be gone",
          () -> Stream.of(admin.listTopics().names().get()).noneMatch(all -> hasAny(all, names)));
    }
    make(lost);
  }

  private static boolean hasAny(Set<String> all, List<String> names) {
    return names.stream().anyMatch(all::contains);
  }

  private void make(List<Topic<?, ?>> made) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(
              made.stream()
                  .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(t.settings()))
                  .toList())
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  /** All records of a topic that there are now. */
  private List<ConsumerRecord<byte[], byte[]>> records(Topic<?, ?> topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic.name(), 0), new TopicPartition(topic.name(), 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }
}
