package io.fleetcompat.cli.faults;

import io.fleetcompat.broker.BrokerConfig;
import io.fleetcompat.cli.FakedClock;
import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.faults.visitors.Visitors;
import io.fleetcompat.cli.verify.FleetHistory;
import io.fleetcompat.cli.verify.OracleAsker;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.NaiveJudge;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.FreePorts;
import io.fleetcompat.testing.ProcessLogs;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A whole index of processes, over a simulated fleet that changes, with askers that hold every
 * answer of every API to the oracle: brokers, indexers, APIs, and the collector of all hosts. One
 * thread.
 */
final class Stage implements AutoCloseable {

  /** The time for which a host counts by a document that is known not to be its newest. */
  private static final Duration BEHIND = Duration.ofSeconds(10);

  /** The times of a scan, of a heartbeat on its way and of a busy machine. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** The greatest age of what decides an answer. */
  static final Duration WINDOW =
      Arguments.STALE_AFTER.plus(Arguments.LATE).plus(BEHIND).plus(SLACK);

  /** The time for which all answers must stay right before they are called so. */
  static final Duration HELD = Duration.ofSeconds(6);

  private static final Duration STARTED_WITHIN = Duration.ofMinutes(4);
  private static final int PARTITIONS = 4;

  private final Path directory;
  private final Scenario.Parts sizes;
  private final FleetHistory history;
  private final Path fleet;
  private final Expectations expectations = new Expectations(new NaiveJudge(Set.of()));
  private final Deque<Runnable> closed = new ArrayDeque<>();
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Network.Place> places = new LinkedHashMap<>();
  private final Map<String, URI> apis = new LinkedHashMap<>();
  private final Map<String, FakedClock> clocks = new LinkedHashMap<>();
  private final List<OracleAsker> askers = new ArrayList<>();
  private final List<Integer> brokerPorts;
  private final List<String> version;
  private final long seed;
  private String brokerHost = BrokerConfig.LOOPBACK;
  private final Map<String, Integer> metricsPorts = new LinkedHashMap<>();
  private final Visitors visitors = new Visitors();
  private final HostileHosts hostile;
  private Optional<SlowDisk> disk = Optional.empty();

  /**
   * Starts everything, and waits until all answers are right.
   *
   * @param version the command line up to the arguments, of all processes of ours
   */
  static Stage start(Path directory, Scenario.Parts sizes, List<String> version, long seed)
      throws Exception {
    Stage stage = new Stage(directory, sizes, version, seed);
    try {
      stage.build();
      return stage;
    } catch (Exception | Error e) {
      stage.close();
      throw e;
    }
  }

  private Stage(Path directory, Scenario.Parts sizes, List<String> version, long seed)
      throws IOException {
    this.directory = directory;
    this.sizes = sizes;
    this.version = version;
    this.seed = seed;
    this.fleet = directory.resolve("fleet");
    this.history = new FleetHistory(SimulatedFleet.open(fleet, sizes.hosts(), seed), expectations);
    this.hostile = new HostileHosts(history);
    closed.push(hostile::close);
    hostile.add(fleet, sizes.hostile(), new Random(seed));
    this.brokerPorts = FreePorts.find(sizes.brokers());
  }

  private void build() throws Exception {
    if (sizes.network()) {
      Network network = Network.require();
      closed.push(network::close);
      for (String name : names("collector", 1)) {
        places.put(name, network.add());
      }
      for (String name : names("indexer", sizes.indexers())) {
        places.put(name, network.add());
      }
      for (String name : names("api", sizes.apis())) {
        places.put(name, network.add());
      }
      brokerHost = places.values().iterator().next().outside();
    }
    if (sizes.slow()) {
      SlowDisk mounted = SlowDisk.mount(directory.resolve("disk"));
      closed.push(mounted::close);
      disk = Optional.of(mounted);
    }
    if (sizes.clocks()) {
      for (String name : names("api", sizes.apis())) {
        clocks.put(name, FakedClock.require(directory.resolve("clock-of-" + name)));
      }
    }
    startBrokers();
    Arguments arguments = arguments();
    for (String name : names("indexer", sizes.indexers())) {
      command(name, version, withMetrics(name, arguments.index(name, state(name)))).start();
    }
    List<String> collect = arguments.collect(state("collector"), fleet);
    command("collector-1", version, withMetrics("collector-1", collect)).start();
    for (String name : names("api", sizes.apis())) {
      URI base = URI.create("http://%s:%d".formatted(inside(name), FreePorts.find(1).getFirst()));
      apis.put(name, base);
      command(name, serving(), withMetrics(name, arguments.serve(base))).start();
    }
    for (Map.Entry<String, URI> api : apis.entrySet()) {
      ask(api.getKey(), api.getValue(), "", sizes.window());
      if (sizes.strict() > 0) {
        ask(api.getKey() + ", strictly", api.getValue(), "max-behind=0", sizes.strict());
      }
    }
    closed.push(visitors::close); // the first to go
    awaitRight(System.nanoTime(), STARTED_WITHIN, Duration.ZERO);
  }

  /** Counts answers from now on, and tells of visitors from now on. */
  void beginAnew() {
    visitors.forget();
    askers.forEach(OracleAsker::countAnew);
  }

  private void ask(String name, URI api, String query, int seconds) {
    Duration window = Duration.ofSeconds(seconds);
    OracleAsker asker = new OracleAsker(name, api, query, history, expectations, window);
    closed.push(asker::close);
    askers.add(asker);
  }

  private List<String> serving() {
    return sizes.before() ? version : CommandPart.thisVersion("-Xmx%dm".formatted(sizes.apiHeap()));
  }

  private List<String> withMetrics(String name, List<String> arguments) {
    int port = FreePorts.find(1).getFirst();
    metricsPorts.put(name, port);
    List<String> all = new ArrayList<>(arguments);
    all.addAll(List.of("--metrics-host", inside(name), "--metrics-port", String.valueOf(port)));
    return all;
  }

  private static List<String> names(String role, int count) {
    List<String> names = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      names.add(role + "-" + number);
    }
    return names;
  }

  /** All at once: a quorum answers when most of it is there. */
  private void startBrokers() throws Exception {
    Brokers brokers = new Brokers(brokerHost, brokerPorts);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> started = new ArrayList<>();
      for (int number = 1; number <= sizes.brokers(); number++) {
        String name = "broker-" + number;
        BrokerPart broker = new BrokerPart(name, brokers.config(brokerDirectory(name), number));
        parts.put(name, broker);
        closed.push(broker::close);
        started.add(
            threads.submit(
                () -> {
                  broker.start();
                  return name;
                }));
      }
      for (Future<?> one : started) {
        one.get();
      }
    }
  }

  private Path brokerDirectory(String name) throws IOException {
    return disk.isPresent()
        ? Files.createDirectories(disk.get().directory().resolve(name))
        : ProcessLogs.directory(name);
  }

  private CommandPart command(String name, List<String> classes, List<String> arguments) {
    List<String> prefix = new ArrayList<>();
    Optional.ofNullable(places.get(name)).map(Network.Place::command).ifPresent(prefix::addAll);
    Optional.ofNullable(clocks.get(name)).map(FakedClock::command).ifPresent(prefix::addAll);
    CommandPart part = new CommandPart(name, directory, classes, arguments, prefix);
    parts.put(name, part);
    closed.push(part::close);
    return part;
  }

  private String inside(String name) {
    return Optional.ofNullable(places.get(name))
        .map(Network.Place::inside)
        .orElse(BrokerConfig.LOOPBACK);
  }

  /** The state directory of a process. */
  Path state(String name) throws IOException {
    Path parent = disk.map(SlowDisk::directory).orElse(directory);
    return Files.createDirectories(parent.resolve("state-" + name));
  }

  private Arguments arguments() {
    return new Arguments(bootstrapServers(), sizes, PARTITIONS);
  }

  /** Starts another collector, of the hosts of another directory. */
  void startCollector(String name, Path hosts) throws IOException {
    command(name, version, arguments().collect(state(name), hosts)).start();
  }

  String bootstrapServers() {
    return String.join(",", brokerPorts.stream().map(port -> brokerHost + ":" + port).toList());
  }

  /** As {@code fleetcompat topics --create} of this version does. */
  void makeTopics() {
    Run made = Run.of(arguments().makeTopics());
    if (made.status() != 0) {
      throw new AssertionError("expected topics to be made, found " + made);
    }
  }

  SlowDisk disk() {
    return disk.orElseThrow(() -> new NoSuchElementException("expected slow-disk, found none"));
  }

  List<Integer> brokerPorts() {
    return brokerPorts;
  }

  Topics topics() {
    return new Topics("", PARTITIONS, (short) sizes.brokers());
  }

  ForeignRecords foreignRecords() {
    return new ForeignRecords(bootstrapServers(), topics(), new Random(seed));
  }

  /** The address of a name: of Kafka, of an API, or of a port for metrics: {@code NAME/metrics}. */
  InetSocketAddress address(String name) {
    String[] words = name.split("/", 2);
    if (words.length == 2) {
      return new InetSocketAddress(inside(words[0]), named(metricsPorts, words[0]));
    }
    if (apis.containsKey(name)) {
      return new InetSocketAddress(inside(name), named(apis, name).getPort());
    }
    int broker = List.copyOf(parts.keySet()).indexOf(name);
    return new InetSocketAddress(brokerHost, brokerPorts.get(broker));
  }

  Visitors visitors() {
    return visitors;
  }

  HostileHosts hostile() {
    return hostile;
  }

  FleetHistory history() {
    return history;
  }

  Path fleet() {
    return fleet;
  }

  Map<String, URI> apis() {
    return apis;
  }

  Part part(String name) {
    return named(parts, name);
  }

  /** A process of ours. */
  CommandPart command(String name) {
    return (CommandPart) part(name);
  }

  Network.Place place(String name) {
    return named(places, name);
  }

  FakedClock clock(String name) {
    return named(clocks, name);
  }

  URI api(String name) {
    return named(apis, name);
  }

  private static <T> T named(Map<String, T> all, String name) {
    return Optional.ofNullable(all.get(name))
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "expected one of %s, found %s".formatted(all.keySet(), name)));
  }

  /** All but the brokers. */
  List<Part> ours() {
    return parts.values().stream().filter(CommandPart.class::isInstance).toList();
  }

  List<OracleAsker> askers() {
    return List.copyOf(askers);
  }

  long logBytes() throws IOException {
    long bytes = 0;
    for (Part part : parts.values()) {
      bytes += part.logBytes();
    }
    return bytes;
  }

  /** The time from that moment until all answers of all APIs were right and stayed so. */
  Duration awaitRight(long since, Duration within) {
    return awaitRight(since, within, HELD);
  }

  private Duration awaitRight(long since, Duration within, Duration held) {
    askers.forEach(asker -> asker.expectFrom(since));
    long deadline = since + within.plus(held).toNanos() + held.toNanos();
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    try {
      Await.until(
          "all answers to be the oracle's, and to stay so for " + held.toSeconds() + " s",
          left,
          () -> rightFor() > held.toNanos() ? "" : difference(),
          String::isEmpty);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; Kafka has\n" + newest(), e);
    }
    long right =
        askers.stream().mapToLong(asker -> asker.trueSince().orElseThrow()).max().orElseThrow();
    return Duration.ofNanos(Math.max(0, right - since));
  }

  private String newest() {
    return NewestWords.of(
        bootstrapServers(),
        List.of(topics().hostInventory(), topics().hostCapacity(), topics().placements()));
  }

  private long rightFor() {
    long now = System.nanoTime();
    return askers.stream()
        .mapToLong(asker -> asker.trueSince().map(since -> now - since).orElse(0L))
        .min()
        .orElse(0);
  }

  private String difference() {
    return askers.stream()
        .map(OracleAsker::difference)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("right, but not for long enough yet");
  }

  @Override
  public void close() {
    while (!closed.isEmpty()) {
      closed.pop().run();
    }
  }
}
