package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index derived anew from documents alone, and compared with them. */
class RebuildIT {

  private static final int HOSTS = 5;
  private static final int DIFFERENT = 3;
  private static final Duration REBUILT_WITHIN = Duration.ofMinutes(2);

  @TempDir Path directory;

  private final List<Integer> ports = FreePorts.find(3);

  @Test
  void whatSomebodyElseWroteIsFoundAndTheIndexIsMadeAnewWhileAnswersStay() throws Exception {
    try (UpProcess up = start()) {
      up.awaitGreeting();
      List<String> before = verdicts();
      assertThat(before).isNotEmpty();
      Run clean = rebuild("--verify");
      assertThat(clean.status()).as(clean.out() + clean.err()).isZero();
      assertThat(clean.out()).contains("5 hosts, ", "no difference");

      // Such records can be read, and each says what is not so.
      copyUnderAnotherKey("placements", "host-0001", "host-0002");
      Run placement = rebuild("--verify", "--within", "0");
      assertThat(placement.status()).as(placement.out()).isEqualTo(DIFFERENT);
      assertThat(placement.out()).contains("placements: host-0001: ");
      swapTwoRows();
      Run rows = rebuild("--verify", "--within", "0");
      assertThat(rows.status()).isEqualTo(DIFFERENT);
      assertThat(rows.out()).contains("matrix: ", ": expected ");
      foreignPools();
      Run pools = rebuild("--verify", "--within", "0");
      assertThat(pools.status()).isEqualTo(DIFFERENT);
      assertThat(pools.out())
          .contains("pool-health: nobody: expected none, found one", " hosts, found ");

      Run rebuilt = rebuild("--within", String.valueOf(REBUILT_WITHIN.toSeconds()));
      assertThat(rebuilt.status()).as(rebuilt.out() + rebuilt.err()).isZero();
      assertThat(rebuilt.out()).contains("an indexer has begun again", "no difference");
      Await.until("the same answers", REBUILT_WITHIN, this::verdicts, before::equals);
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  /** Tells what stands in a store as it stands there, so topics and stores agree. */
  @Test
  void aStoreThatIsWrongThoughItCanBeReadIsFoundAndMadeAnew() throws Exception {
    try (UpProcess up = start()) {
      up.awaitGreeting();
      ConsumerRecord<byte[], byte[]> stored =
          newest("fleetcompat-indexer-hosts-changelog", RecordKeys.HOST.encode("host-0001"));
      Placement wrong = Codecs.PLACEMENT.decode(stored.value());
      wrong.put("kernel", "of nobody");
      send(
          new ProducerRecord<>(
              stored.topic(), stored.partition(), stored.key(), Codecs.PLACEMENT.encode(wrong)));
      // Another matrix makes the indexer read its stores from their changelogs again.
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
        admin.deleteTopics(List.of("matrix")).all().get();
      }
      Await.until(
          "the wrong placement is told",
          REBUILT_WITHIN,
          () -> rebuild("--verify", "--within", "0"),
          run -> run.out().contains("placements: host-0001: another kernel"));
      Run rebuilt = rebuild("--within", String.valueOf(REBUILT_WITHIN.toSeconds()));
      assertThat(rebuilt.status()).as(rebuilt.out() + rebuilt.err()).isZero();
      assertThat(up.interrupt()).as(up.said()).isZero();
    }
  }

  @Test
  void anIndexerThatThereIsNotCannotBeAsked() throws Exception {
    try (UpProcess up = start()) {
      up.awaitGreeting();
      Run asked = rebuild("--set", "application-id=another");
      assertThat(asked.status()).isEqualTo(1);
      assertThat(asked.err()).contains("with the application-id another, found none");
    }
  }

  private void copyUnderAnotherKey(String topic, String to, String from) throws Exception {
    ConsumerRecord<byte[], byte[]> target = newest(topic, RecordKeys.HOST.encode(to));
    ConsumerRecord<byte[], byte[]> source = newest(topic, RecordKeys.HOST.encode(from));
    send(new ProducerRecord<>(topic, target.partition(), target.key(), source.value()));
  }

  private void swapTwoRows() throws Exception {
    List<ConsumerRecord<byte[], byte[]>> rows =
        records("matrix").stream().filter(RebuildIT::isRow).toList();
    send(new ProducerRecord<>("matrix", 0, rows.getFirst().key(), rows.getLast().value()));
  }

  /** A pool of which there is no host, and one with a host too many. */
  private void foreignPools() throws Exception {
    ConsumerRecord<byte[], byte[]> last = records("pool-health").getLast();
    send(
        new ProducerRecord<>(
            last.topic(), last.partition(), RecordKeys.POOL.encode("nobody"), last.value()));
    PoolHealthRecord more = Codecs.POOL_HEALTH.decode(last.value());
    more.put("fresh", more.getFresh() + 1);
    send(
        new ProducerRecord<>(
            last.topic(), last.partition(), last.key(), Codecs.POOL_HEALTH.encode(more)));
  }

  private static boolean isRow(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), StandardCharsets.UTF_8).matches("[0-9a-f]{16}/[0-9a-f]{32}");
  }

  private ConsumerRecord<byte[], byte[]> newest(String topic, byte[] key) {
    return records(topic).stream()
        .filter(record -> Arrays.equals(record.key(), key))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private void send(ProducerRecord<byte[], byte[]> record) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(record).get();
    }
  }

  private String kafka() {
    return "127.0.0.1:" + ports.get(1);
  }

  private Run rebuild(String... options) {
    return Run.of(
        Stream.concat(Stream.of("rebuild", "--bootstrap-servers", kafka()), Stream.of(options))
            .toArray(String[]::new));
  }

  /** The verdicts of all pairs of the first host's endpoints. */
  private List<String> verdicts() {
    return Run.of(
            "destinations",
            "host-0000/virtio0",
            "--unknown",
            "--limit",
            "100",
            "--api",
            "http://127.0.0.1:" + ports.get(0))
        .out()
        .lines()
        .filter(line -> line.startsWith("host-"))
        .map(line -> String.join(" ", List.of(line.split(" +", -1)).subList(0, 2)))
        .toList();
  }

  private UpProcess start() throws IOException {
    return UpProcess.start(
        directory.resolve("up.out"),
        List.of(
            "--simulate",
            String.valueOf(HOSTS),
            "--no-local",
            "--data-dir",
            directory.resolve("data").toString(),
            "--http-port",
            ports.get(0).toString(),
            "--kafka-port",
            ports.get(1).toString(),
            "--kafka-controller-port",
            ports.get(2).toString()));
  }
}
