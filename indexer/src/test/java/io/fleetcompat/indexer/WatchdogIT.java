package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.indexer.watch.Application;
import io.fleetcompat.indexer.watch.Watchdog;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that stands still, made by a transaction of somebody else that does not end. */
class WatchdogIT {

  private static final Duration LONG = Duration.ofMinutes(10);

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final Topics topics = new Topics(prefix, 1, (short) 1);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @TempDir Path directory;

  @Test
  void anOpenTransactionInAnInputIsSaidAndOverWhenItEnds() throws Exception {
    try (Indexer indexer = Indexer.start(config(), metrics);
        KafkaProducer<byte[], byte[]> collector = producer(Map.of());
        KafkaProducer<byte[], byte[]> stranger = stranger()) {
      Await.until("a ready indexer", indexer::isReady);
      stranger.initTransactions();
      stranger.beginTransaction();
      send(stranger, "stranger", 1);
      send(collector, "host-1", 1);
      String reason =
          Await.until("a stall", LONG, indexer::obstacle, Optional::isPresent).orElseThrow();
      assertThat(reason)
          .contains("records wait and nothing is committed: " + prefix + "host-inventory-0")
          .contains("held back: " + prefix + "host-inventory-0 at 0 of 2 by producer ");
      assertThat(stalledPartitions()).isOne();
      stranger.abortTransaction();
      Await.until("the stall to be over", indexer::isReady);
    }
  }

  @Test
  void whatWasAbortedIsNoBacklog() throws Exception {
    try (Indexer indexer = Indexer.start(config(), metrics);
        KafkaProducer<byte[], byte[]> collector = producer(Map.of());
        KafkaProducer<byte[], byte[]> stranger = stranger()) {
      Await.until("a ready indexer", indexer::isReady);
      send(collector, "host-1", 1);
      stranger.initTransactions();
      stranger.beginTransaction();
      send(stranger, "stranger", 1);
      stranger.abortTransaction();
      long since = System.nanoTime();
      Await.until(
          "three times the tolerated time to pass without a stall",
          LONG,
          () -> indexer.isReady() && System.nanoTime() - since > Duration.ofSeconds(9).toNanos(),
          held -> held);
    }
  }

  @Test
  void whateverALookThrowsIsSaidAndTheNextOneIsTaken() throws Exception {
    IndexerConfig config = config();
    AtomicBoolean broken = new AtomicBoolean(true);
    Application application =
        new Application(
            config.applicationId(),
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            Set.of(new TopicPartition(topics.hostInventory().name(), 0)),
            List.of(),
            () -> KafkaStreams.State.RUNNING,
            Set::of,
            () -> {
              if (broken.get()) {
                throw new IllegalStateException("ours");
              }
              return 0;
            });
    try (Watchdog watchdog = Watchdog.start(application, Duration.ofSeconds(1), metrics)) {
      String reason =
          Await.until("a blind watchdog", LONG, watchdog::stall, Optional::isPresent).orElseThrow();
      assertThat(reason).contains("IllegalStateException: ours");
      assertThat(stalledPartitions()).isNaN();
      broken.set(false);
      Await.until("a look that succeeds", () -> watchdog.stall().isEmpty());
      assertThat(stalledPartitions()).isZero();
    }
  }

  private double stalledPartitions() {
    return metrics.get("fleetcompat.indexer.stalled.partitions").gauge().value();
  }

  private void send(KafkaProducer<byte[], byte[]> producer, String host, long sequence)
      throws InterruptedException, ExecutionException {
    byte[] document = Documents.document(host, 1, sequence, Documents.types("1.0"));
    byte[] key = host.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topics.hostInventory().name(), 0, key, document)).get();
  }

  private KafkaProducer<byte[], byte[]> stranger() {
    return producer(
        Map.of(
            "transactional.id",
            prefix + "stranger",
            "transaction.timeout.ms",
            (int) LONG.toMillis()));
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    settings.put("linger.ms", 0);
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private IndexerConfig config() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
    }
    Map<String, String> settings = new TreeMap<>();
    settings.put("bootstrap-servers", kafka.bootstrapServers());
    settings.put("state-dir", directory.resolve("state").toString());
    settings.put("topic-prefix", prefix);
    settings.put("partitions", "1");
    settings.put("standby-replicas", "0");
    settings.put("stalled-after", "3s");
    return IndexerConfig.parse(settings);
  }
}
