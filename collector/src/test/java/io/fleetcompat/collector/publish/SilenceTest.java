package io.fleetcompat.collector.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.TreeOnDisk;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host of which Kafka does not have the newest document sends no sign of life. */
class SilenceTest {

  private static final Topics TOPICS = new Topics("", 4, (short) 1);
  private static final String TYPE = "devices/pci0000:00/0000:00:02.0/mdev_supported_types/t";
  private static final Map<String, String> OFTEN =
      Map.of(
          "bootstrap-servers", "unused:9092",
          "host", "hv1",
          "interval.rescan", "50ms",
          "interval.poll", "20ms",
          "interval.heartbeat", "20ms",
          "interval.settle", "1ms",
          "interval.settle-most", "10ms",
          "interval.late", "50ms");

  @TempDir Path directory;
  private final Counting kafka = new Counting();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final InventoryPublisher publisher =
      new InventoryPublisher(() -> kafka, Duration.ofMinutes(2), TOPICS, registry);

  @AfterEach
  void stop() {
    threads.shutdownNow();
    publisher.close();
  }

  @Test
  void aHostWhoseRootIsGoneFallsSilentUntilItIsBack() throws Exception {
    Path root = root();
    try (Collector collector = start(root)) {
      Await.until("signs of life", () -> kafka.signs.get() > 2);
      assertThat(collector.hasAnnounced()).isTrue();
      assertThat(collector.failure()).isEmpty();

      Files.move(root, directory.resolve("away"));
      Await.until("a failure", () -> collector.failure().isPresent());
      assertThat(collector.failure().orElseThrow().why()).contains(root.toString());
      assertSilent();

      Files.move(directory.resolve("away"), root);
      int before = kafka.signs.get();
      Await.until("signs of life again", () -> kafka.signs.get() > before + 2);
      assertThat(collector.failure()).isEmpty();
      assertThat(kafka.sent).as("nothing has changed").hasSize(1);
    }
  }

  @Test
  void aRootThatIsNoneOfSysfsIsNoHostWithNothing() throws Exception {
    Path root = root();
    try (Collector collector = start(directory)) {
      Await.until("a failure", () -> collector.failure().isPresent());
      assertThat(collector.failure().orElseThrow().why())
          .isEqualTo(
              directory
                  + ": this is not a sysfs root: no bus/, class/, devices/; did you mean "
                  + root
                  + "?");
      assertThat(collector.hasAnnounced()).isFalse();
      assertThat(kafka.documents).hasValue(0);
    }
  }

  @Test
  void aDocumentThatIsLikeTheLastOneIsVouchedForAtOnce() throws Exception {
    Map<String, String> seldom = Map.of("interval.heartbeat", "1h", "interval.refresh", "20ms");
    CollectorConfig config = config(root(), seldom);
    try (Collector collector = Collector.start(config, publisher, threads, registry)) {
      Await.until("documents", () -> kafka.documents.get() > 3);
      Await.until("a sign of life for one of the last", () -> kafka.named.get() > 3);
      assertThat(collector.failure()).isEmpty();
    }
  }

  @Test
  void aHostWhoseLookEndsInAnErrorFallsSilentUntilOneSucceeds() throws Exception {
    OverflowingClock clock = new OverflowingClock();
    CollectorConfig config = config(root());
    SimpleMeterRegistry timed = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    try (Collector collector = Collector.start(config, publisher, threads, timed)) {
      Await.until("signs of life", () -> kafka.signs.get() > 2);
      clock.overflows = true;
      collector.hint();
      Await.until("a failure", () -> collector.failure().isPresent());
      assertThat(collector.failure().orElseThrow().why()).contains("StackOverflowError");
      assertSilent();

      clock.overflows = false;
      int before = kafka.signs.get();
      collector.hint();
      Await.until("signs of life again", () -> kafka.signs.get() > before + 2);
      assertThat(collector.failure()).isEmpty();
    }
  }

  @Test
  void aHostWhoseDocumentKafkaRefusesFallsSilentUntilOneIsTaken() throws Exception {
    Path root = root();
    try (Collector collector = start(root)) {
      Await.until("a document", () -> kafka.documents.get() == 1 && publisher.unsent() == 0);
      kafka.refuses = true;
      Files.writeString(root.resolve(TYPE + "/software_version"), "9.9.9");
      Await.until("a refusal", () -> collector.failure().isPresent());
      assertSilent();

      kafka.refuses = false;
      Files.writeString(root.resolve(TYPE + "/software_version"), "1.2.0");
      int before = kafka.signs.get();
      Await.until("signs of life again", () -> kafka.signs.get() > before + 2);
      assertThat(collector.failure()).isEmpty();
    }
  }

  @Test
  void aRefusalOutlivesTheArrivalOfAnOlderDocument() {
    kafka.holds = true;
    publisher.publish(document(reading("6.1")));
    Await.until("the document to be on its way", () -> !kafka.held.isEmpty());
    publisher.publish(document(reading("6".repeat(256))));
    kafka.held.remove().run();
    Await.until("an empty outbox", () -> publisher.unsent() == 0);
    assertThat(publisher.refusal("hv1").orElseThrow()).contains("kernel");
  }

  @Test
  void aDocumentThatReadersWouldRejectIsRefusedBeforeItIsSent() {
    publisher.publish(document(reading("6".repeat(256))));
    assertThat(publisher.refusal("hv1").orElseThrow()).contains("kernel");
    assertThat(publisher.unsent()).isZero();
    assertThat(registry.get("fleetcompat.collector.refused.records").counter().count()).isOne();
  }

  private static HostReading reading(String kernel) {
    return new HostReading(
        Optional.of(kernel),
        List.of(),
        Attributes.NONE,
        List.of(),
        List.of(),
        new TreeMap<>(),
        List.of());
  }

  private static HostInventory document(HostReading reading) {
    return InventoryDocument.sent(
        InventoryDocument.of(reading, "hv1", Map.of()),
        new DocumentVersion(1, 1),
        Instant.EPOCH,
        "scan",
        List.of());
  }

  /**
   * A check that no sign of life arrives while heartbeats are due, after what was on its way has
   * arrived.
   */
  private void assertSilent() {
    Await.until("an empty outbox", () -> publisher.unsent() == 0);
    int before = kafka.signs.get();
    AtomicInteger due = new AtomicInteger();
    var _ =
        threads.scheduleAtFixedRate(
            due::incrementAndGet,
            0,
            config(directory).process().intervals().heartbeat().toMillis(),
            TimeUnit.MILLISECONDS);
    Await.until("heartbeats to be due", () -> due.get() > 20);
    assertThat(kafka.signs).hasValue(before);
  }

  private Path root() throws IOException {
    TreeOnDisk disk = new TreeOnDisk(Files.createDirectory(directory.resolve("sys")));
    disk.parent("0000:00:02.0").file(TYPE + "/name", "t\n");
    return disk.root();
  }

  private Collector start(Path root) throws IOException {
    return Collector.start(config(root), publisher, threads, registry);
  }

  private static CollectorConfig config(Path root) {
    return config(root, Map.of());
  }

  private static CollectorConfig config(Path root, Map<String, String> more) {
    Map<String, String> settings = new TreeMap<>(OFTEN);
    settings.putAll(more);
    settings.put("root", root.toString());
    return CollectorConfig.parse(settings);
  }

  /** The clock of the timer around a look: the seam at which a look can be made to fail. */
  private static final class OverflowingClock implements Clock {
    private volatile boolean overflows;

    @Override
    public long wallTime() {
      return Clock.SYSTEM.wallTime();
    }

    @Override
    public long monotonicTime() {
      if (overflows) {
        throw new StackOverflowError("as by a tree that nobody thought of");
      }
      return Clock.SYSTEM.monotonicTime();
    }
  }

  /** Takes everything at once, or refuses documents as a broker does that thinks them too large. */
  private static final class Counting extends MockProducer<byte[], byte[]> {
    private final AtomicInteger signs = new AtomicInteger();
    private final AtomicInteger documents = new AtomicInteger();

    /** The sequence of the document that the newest sign of life names. */
    private final AtomicLong named = new AtomicLong();

    private volatile boolean refuses;
    private volatile boolean holds;

    /** The documents that were sent, for whoever wonders why there are more. */
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();

    /** The answers that are held back. */
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();

    Counting() {
      super(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Cluster cluster() {
      Node[] nodes = {new Node(0, "localhost", 1)};
      List<PartitionInfo> partitions =
          Stream.of(TOPICS.hostInventory(), TOPICS.hostCapacity())
              .map(topic -> new PartitionInfo(topic.name(), 0, nodes[0], nodes, nodes))
              .toList();
      return new Cluster("c", List.of(nodes), partitions, Set.of(), Set.of());
    }

    private static String text(byte @Nullable [] value) {
      try {
        return value == null ? "tombstone" : Codecs.HOST_INVENTORY.decode(value).toString();
      } catch (BadRecordException e) {
        throw new AssertionError(e);
      }
    }

    private static long sequence(byte @Nullable [] heartbeat) {
      try {
        return heartbeat == null ? 0 : Codecs.HOST_CAPACITY.decode(heartbeat).getSequence();
      } catch (BadRecordException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
      boolean document = record.topic().equals(TOPICS.hostInventory().name());
      if (document && refuses && callback != null) {
        RecordTooLargeException refusal = new RecordTooLargeException("too large");
        callback.onCompletion(null, refusal);
        return CompletableFuture.failedFuture(refusal);
      }
      if (holds && callback != null) {
        held.add(() -> callback.onCompletion(null, null));
        return new CompletableFuture<>();
      }
      (document ? documents : signs).incrementAndGet();
      if (document) {
        sent.add(text(record.value()));
      } else {
        named.set(sequence(record.value()));
      }
      return super.send(record, callback);
    }
  }
}
