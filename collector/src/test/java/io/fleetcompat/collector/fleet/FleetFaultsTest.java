package io.fleetcompat.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults of a look at a fleet directory: there is always another look. */
class FleetFaultsTest {

  @TempDir Path temp;
  private Path fleet = Path.of("");
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  /** Thrown by the next looks at the directory. */
  private volatile @Nullable Throwable throwing;

  private volatile boolean kafkaIsAway;

  @BeforeEach
  void directory() throws IOException {
    fleet = Files.createDirectories(temp.resolve("fleet"));
    host("one");
  }

  @Test
  void whateverALookThrowsThereIsAnother() throws IOException {
    try (FleetCollectors collectors = start()) {
      assertThat(collectors.size()).isOne();
      for (Throwable thrown :
          List.of(
              new IOException("gone"),
              new IllegalStateException("a mistake of ours"),
              new StackOverflowError())) {
        double before = failedTasks();
        throwing = thrown;
        Await.until("two failed looks", () -> failedTasks() > before + 1);
        assertThat(collectors.size()).as("what is collected from still is").isOne();
        assertThat(collectors.hasFailed()).isFalse();
      }
      throwing = null;
      host("two");
      Await.until("the next look", () -> collectors.size() == 2);
    }
  }

  @Test
  void anErrorInALookIsAFaultOfTheProcess() throws IOException {
    try (FleetCollectors collectors = start()) {
      throwing = new LinkageError("of the process");
      Await.until("a fault", collectors::hasFailed);
    }
  }

  @Test
  void hostsThatCouldNotBeKeptAreKeptLaterThoughNothingChanges() throws IOException {
    Path inTheWay = Files.createDirectories(temp.resolve("state/published-hosts.new"));
    Files.createDirectory(inTheWay.resolve("x"));
    fleet = Files.createDirectories(temp.resolve("another"));
    try (FleetCollectors collectors = start()) {
      host("two");
      double before = failedTasks();
      Await.until("a host that cannot be kept", () -> failedTasks() > before + 1);
      assertThat(collectors.size()).isOne();
      Files.delete(inTheWay.resolve("x"));
      Files.delete(inTheWay);
      Await.until("the host to be kept", () -> kept().equals("two two\n"));
    }
  }

  @Test
  void aHostThatLeavesIsKeptUntilKafkaKnows() throws IOException {
    try (FleetCollectors collectors = start()) {
      Await.until("the document", collectors::isPublished);
      kafkaIsAway = true;
      host("two");
      Await.until("the second host", () -> kept().contains("two"));
      Files.move(fleet.resolve("one"), temp.resolve("away"));
      Await.until("the first to go", () -> collectors.size() == 1);
      host("three");
      Await.until("the third host", () -> kept().contains("three"));
      assertThat(kept()).contains("one one\n");
      kafkaIsAway = false;
      Await.until("the first to be forgotten", () -> !kept().contains("one"));
    }
  }

  @Test
  void aHostThatIsGoneHasNoFailureAnyMore() throws IOException {
    try (FleetCollectors collectors = start()) {
      Files.createDirectories(temp.resolve("state/epoch-bad.new/x"));
      host("bad");
      Await.until("a failure", () -> collectors.failures().containsKey("bad"));
      Files.move(fleet.resolve("bad"), temp.resolve("away"));
      Await.until("no failure", () -> collectors.failures().isEmpty());
    }
  }

  private String kept() throws IOException {
    return Files.readString(temp.resolve("state/published-hosts"));
  }

  private double failedTasks() {
    return registry.get("fleetcompat.collector.failed.tasks").counter().count();
  }

  private FleetCollectors start() throws IOException {
    ProcessConfig config =
        ProcessConfig.parse(
            Map.of(
                "bootstrap-servers", "unused:9092", "state-dir", temp.resolve("state").toString()));
    InventoryPublisher publisher =
        new InventoryPublisher(producers(config), Duration.ofMinutes(2), config.topics(), registry);
    return FleetCollectors.start(
        new Throwing(new FleetDirectory(fleet)),
        config,
        publisher,
        PublishedHosts.in(Optional.of(temp.resolve("state"))),
        registry);
  }

  /** Producers that take everything at once; while Kafka is away, there is none to be had. */
  private Supplier<Producer<byte[], byte[]>> producers(ProcessConfig config) {
    Node[] nodes = {new Node(0, "localhost", 1)};
    List<PartitionInfo> partitions =
        Stream.of(config.topics().hostInventory(), config.topics().hostCapacity())
            .map(topic -> new PartitionInfo(topic.name(), 0, nodes[0], nodes, nodes))
            .toList();
    Cluster cluster = new Cluster("c", List.of(nodes), partitions, Set.of(), Set.of());
    return () ->
        new MockProducer<>(
            cluster, true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            if (kafkaIsAway) {
              throw new IllegalStateException("no Kafka, for now");
            }
            return super.send(record, callback);
          }
        };
  }

  private void host(String folder) throws IOException {
    Files.createDirectories(fleet.resolve(folder).resolve("sys/devices"));
  }

  /** A directory that throws what the test says. */
  private final class Throwing implements ListingSource {
    private final FleetDirectory directory;

    Throwing(FleetDirectory directory) {
      this.directory = directory;
    }

    @Override
    public Path path() {
      return directory.path();
    }

    @Override
    public FleetListing look() throws IOException {
      switch (throwing) {
        case null -> {
          return directory.look();
        }
        case IOException exception -> throw exception;
        case RuntimeException exception -> throw exception;
        case Error error -> throw error;
        default -> throw new IllegalArgumentException(throwing);
      }
    }
  }
}
