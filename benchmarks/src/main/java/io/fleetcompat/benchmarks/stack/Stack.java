package io.fleetcompat.benchmarks.stack;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.broker.BrokerProcess;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.indexer.IndexerMain;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.keys.HostKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.FreePorts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A broker, an indexer and, when asked for, a replica: each a process with the heap that {@code
 * ./fleetcompat} gives it, in a temporary directory that goes when it is closed. One thread.
 */
public final class Stack implements AutoCloseable {

  /** Synthetic hosts send no heartbeats: silence means nothing here. */
  static final String SILENCE_ALLOWED = "864000s";

  public static final Topics TOPICS = new Topics("", Topics.DEFAULT_HOST_PARTITIONS, (short) 1);

  /** The heap that {@code ./fleetcompat index} has, in MiB. */
  public static final int INDEXER_HEAP_MIB = 1024;

  /** The heap that {@code ./fleetcompat serve} has, in MiB. */
  public static final int REPLICA_HEAP_MIB = 800;

  private static final List<String> REPLICA =
      List.of("-Xmx" + REPLICA_HEAP_MIB + "m", "-XX:MetaspaceSize=64m");

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(2);

  /** Documents that wait in this process for Kafka. */
  private static final int MAX_UNSENT = 4000;

  private final Path directory;
  private final BrokerProcess broker;
  private final Optional<MarkedHosts> marked = MarkedHosts.wanted();
  private final InventoryPublisher publisher;
  private List<String> more = List.of();
  private @Nullable MeasuredProcess indexer;

  private Stack(Path directory, BrokerProcess broker) {
    this.directory = directory;
    this.broker = broker;
    this.publisher = publisher(TOPICS);
  }

  /** A broker with empty topics and no indexer: for an index that somebody else writes. */
  public static Stack withoutIndexer() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("fleetcompat-benchmark");
    BrokerProcess broker = broker(directory);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TopicSetup.ensure(admin, TOPICS, true);
    }
    return new Stack(directory, broker);
  }

  private static BrokerProcess broker(Path directory) throws IOException, InterruptedException {
    return BrokerProcess.start(
        BrokerConfig.of(directory.resolve("broker"), FreePorts.find(1).getFirst())
            .withControllerPort(FreePorts.find(1).getFirst())
            .withJavaOptions(List.of()));
  }

  public static Stack start() throws IOException, InterruptedException {
    return start(_ -> List.of());
  }

  /** More settings of an indexer, given a directory for files that they name. */
  public interface MoreSettings {
    List<String> in(Path directory) throws IOException;
  }

  public static Stack start(MoreSettings more) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("fleetcompat-benchmark");
    BrokerProcess broker = broker(directory);
    Stack stack = new Stack(directory, broker);
    stack.more = stack.settings(more);
    stack.startIndexer();
    try (Replica replica = stack.replica()) {
      await(
          "the indexer has made its topics",
          () -> {
            stack.indexer().requireAlive();
            return replica.api().isOk("/health/ready");
          });
    } catch (IOException e) {
      stack.close();
      throw e;
    }
    return stack;
  }

  private List<String> settings(MoreSettings given) throws IOException {
    List<String> all = new ArrayList<>(given.in(directory));
    if (marked.isPresent()) {
      all.add("key-file=" + marked.get().write(directory));
    }
    return all;
  }

  /** Starts the indexer's process, over whatever state there is. */
  public void startIndexer() throws IOException {
    Path settings = directory.resolve("indexer.properties");
    Files.write(
        settings,
        Stream.concat(
                Stream.of(
                    "bootstrap-servers=" + broker.bootstrapServers(),
                    "state-dir=" + directory.resolve("indexer"),
                    "instance-id=only",
                    "standby-replicas=0",
                    "stale-after=" + SILENCE_ALLOWED,
                    "lost-after=" + SILENCE_ALLOWED),
                Stream.concat(
                    more.stream(), words(System.getProperty("fleetcompat.indexer.settings", ""))))
            .toList());
    indexer =
        MeasuredProcess.start(
            directory.resolve("indexer.log"),
            List.of(),
            List.of("-Xmx" + INDEXER_HEAP_MIB + "m"),
            IndexerMain.class,
            List.of(settings.toString()));
  }

  /** Kills the indexer's process at once, with whatever it is doing. */
  public void killIndexer() throws InterruptedException {
    indexer().kill();
  }

  public Path directory() {
    return directory;
  }

  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  public MeasuredProcess indexer() {
    return Objects.requireNonNull(indexer, "this stack has no indexer");
  }

  public long brokerPid() {
    return broker.pid();
  }

  public InventoryPublisher publisher() {
    return publisher;
  }

  /** A collector's publisher, for another catalogue of topics. */
  public InventoryPublisher publisher(Topics topics) {
    return new InventoryPublisher(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        topics,
        marked.<HostKeys>map(keys -> keys).orElseGet(HostKeys::none),
        new SimpleMeterRegistry());
  }

  /** Sends every host's document and capacity; returns when Kafka has them. */
  public void load(SyntheticFleet fleet) {
    Instant now = Instant.now();
    if (marked.isPresent()) {
      List<String> hosts =
          IntStream.range(0, fleet.hosts()).mapToObj(SyntheticFleet::host).toList();
      MarkedHosts.register(hosts, bootstrapServers());
    }
    for (int host = 0; host < fleet.hosts(); host++) {
      fleet.announce(publisher, host, SyntheticFleet.release(host), 1, now);
      pace(publisher);
    }
    requireFlushed(publisher);
  }

  /** Waits until there is room for another document. */
  public static void pace(InventoryPublisher publisher) {
    while (publisher.unsent() > MAX_UNSENT) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  public static void requireFlushed(InventoryPublisher publisher) {
    if (!publisher.flush(PATIENCE)) {
      throw new IllegalStateException("expected Kafka to take all within " + PATIENCE);
    }
  }

  public Replica replica() throws IOException {
    return replica(List.of());
  }

  /** A replica that keeps a history on its disk, as {@code up} has it. */
  public Replica replicaWithHistory() throws IOException {
    return replica(List.of(), List.of(historyDirectory().toString()));
  }

  public Path historyDirectory() {
    return directory.resolve("history");
  }

  /** A replica that begins to read now. */
  public Replica replica(List<String> prefix) throws IOException {
    return replica(prefix, List.of());
  }

  private Replica replica(List<String> prefix, List<String> history) throws IOException {
    int port = FreePorts.find(1).getFirst();
    int constant = FreePorts.find(1).getFirst();
    long begin = System.nanoTime();
    MeasuredProcess child =
        MeasuredProcess.start(
            directory.resolve("replica.log"),
            prefix,
            replicaOptions(),
            ServedReplica.class,
            Stream.concat(
                    Stream.of(bootstrapServers(), String.valueOf(port), String.valueOf(constant)),
                    history.stream())
                .toList());
    return new Replica(child, begin, new LoopbackClient(port), new LoopbackClient(constant));
  }

  /** A condition, asked again and again. */
  public interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /** Waits for it. */
  public static void await(String what, Condition condition)
      throws IOException, InterruptedException {
    await(what, POLL, condition);
  }

  /** Waits until it holds, asking after each such pause: asking costs processor time, too. */
  public static void await(String what, Duration pause, Condition condition)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Duration said = Duration.ZERO;
    while (!condition.holds()) {
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      if (waited.compareTo(PATIENCE) > 0) {
        throw new IOException("expected within " + PATIENCE + ": " + what);
      }
      if (waited.minus(said).compareTo(SILENCE) > 0) {
        said = waited;
        Report.progress("waiting for %d s until %s", said.toSeconds(), what);
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  /** The files of a folder whose names end so, together, in MiB. */
  public static double mebibytes(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file :
          files.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(ending)).toList()) {
        bytes += Files.size(file);
      }
      return bytes / 1048576.0;
    }
  }

  /** The size of the topic's partitions on the broker's disk, in MiB; indexes are left out. */
  public double topicMebibytes(String topic) throws IOException {
    double size = 0;
    try (Stream<Path> partitions = Files.list(directory.resolve("broker/kafka"))) {
      for (Path partition :
          partitions.filter(p -> topicOf(p.getFileName().toString()).equals(topic)).toList()) {
        size += mebibytes(partition, ".log");
      }
    }
    return size;
  }

  private static String topicOf(String folder) {
    return folder.replaceFirst("-\\d+$", "");
  }

  /** Names of all topics on the broker's disk. */
  public List<String> topics() throws IOException {
    try (Stream<Path> folders = Files.list(directory.resolve("broker/kafka"))) {
      return folders
          .filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .filter(name -> name.matches(".*-\\d+"))
          .map(Stack::topicOf)
          .distinct()
          .sorted()
          .toList();
    }
  }

  /** Options of the Java process that a replica is. */
  static List<String> replicaOptions() {
    String more = System.getProperty("fleetcompat.replica.options", "");
    return Stream.concat(REPLICA.stream(), words(more)).toList();
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.split(" ", -1)).filter(word -> !word.isEmpty());
  }

  @Override
  public void close() {
    publisher.close();
    if (indexer != null) {
      indexer.close();
    }
    broker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList());
      for (Path file : all) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
