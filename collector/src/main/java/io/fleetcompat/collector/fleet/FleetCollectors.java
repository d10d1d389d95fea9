package io.fleetcompat.collector.fleet;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.HostConfig;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fault.Trouble;
import io.fleetcompat.collector.fault.WatchedThreads;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector for every host of a fleet directory, sharing one publisher and a few threads. Hosts
 * that come are collected from; hosts that go are taken back, also those that went while nobody
 * looked.
 *
 * <p>Threads: looks at the directory on one of its own; the rest from any.
 */
public final class FleetCollectors implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetCollectors.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  /** More than processors: one that reads an attribute that hangs is not there for the others. */
  private static final int THREADS = 4;

  private final FleetDirectory directory;
  private final ProcessConfig shared;
  private final InventoryPublisher publisher;
  private final MeterRegistry registry;
  private final PublishedHosts published;
  private final Optional<FleetWatch> watch;
  private final ScheduledExecutorService threads;
  private final CollectorMetrics metrics;
  private final SortedMap<String, Running> running = new TreeMap<>();
  private SortedMap<String, FleetListing.Problem> problems = Collections.emptySortedMap();

  /** That of the directory itself. */
  private final Trouble trouble = new Trouble();

  /** The reasons why collectors could not start, by host. */
  private final Map<String, String> failures = new HashMap<>();

  /**
   * @param watched whether the kernel tells of its changes
   */
  private record Running(FleetHost host, Collector collector, boolean watched) {}

  private FleetCollectors(
      FleetDirectory directory,
      ProcessConfig shared,
      InventoryPublisher publisher,
      PublishedHosts published,
      MeterRegistry registry) {
    this.directory = directory;
    this.shared = shared;
    this.publisher = publisher;
    this.registry = registry;
    this.published = published;
    this.metrics = CollectorMetrics.of(registry);
    this.threads = new WatchedThreads("fleet", THREADS, publisher.faults());
    this.watch =
        FleetWatch.of(directory.path(), this::hint, metrics.failedTasks(), publisher.faults());
  }

  /**
   * Starts a collector for every host that the directory has now, and watches for more.
   *
   * @param shared the configuration of all collectors
   * @throws IOException if the directory cannot be listed, or the state cannot be kept
   */
  public static FleetCollectors start(Path directory, ProcessConfig shared, MeterRegistry registry)
      throws IOException {
    PublishedHosts published = PublishedHosts.in(shared.stateDirectory());
    InventoryPublisher publisher =
        new InventoryPublisher(shared.kafka().all(), shared.topics(), registry);
    FleetCollectors collectors =
        new FleetCollectors(new FleetDirectory(directory), shared, publisher, published, registry);
    try {
      collectors.look();
    } catch (IOException e) {
      collectors.close();
      throw e;
    }
    registry.gauge("fleetcompat.fleet.hosts", collectors, FleetCollectors::size);
    registry.gauge("fleetcompat.fleet.folders.refused", collectors, c -> c.problems().size());
    long millis = LOOK_EVERY.toMillis();
    var _ =
        collectors.threads.scheduleWithFixedDelay(
            collectors::lookAgain, millis, millis, TimeUnit.MILLISECONDS);
    return collectors;
  }

  /** Number of hosts that are collected from. */
  public synchronized int size() {
    return running.size();
  }

  /** The reasons why folders are not used, by folder. */
  public synchronized SortedMap<String, FleetListing.Problem> problems() {
    return problems;
  }

  /** True where Kafka has a document of every host but those of {@link #failures}. */
  public boolean isPublished() {
    return allLookedAt() && publisher.unsent() == 0;
  }

  private synchronized boolean allLookedAt() {
    return running.values().stream()
        .map(Running::collector)
        .allMatch(collector -> collector.hasAnnounced() || collector.failure().isPresent());
  }

  /** The reasons why hosts are not collected from, by name. */
  public synchronized SortedMap<String, String> failures() {
    SortedMap<String, String> all = new TreeMap<>(failures);
    running.forEach(
        (name, host) ->
            host.collector().failure().ifPresent(failure -> all.put(name, failure.why())));
    return all;
  }

  /**
   * True where this process must not go on: a thread that it needs has ended, or the JVM failed.
   */
  public boolean hasFailed() {
    return publisher.faults().first().isPresent();
  }

  /** Somebody knows that a host has changed, come or gone: looks soon. */
  public synchronized void hint(String host) {
    Running known = running.get(host);
    if (threads.isShutdown()) {
      return;
    }
    if (known != null) {
      known.collector().hint();
    } else {
      threads.execute(this::lookAgain);
    }
  }

  @Override
  public synchronized void close() {
    watch.ifPresent(FleetWatch::close);
    threads.shutdownNow();
    running.values().forEach(host -> host.collector().close());
    running.clear();
    publisher.close();
  }

  /** Whatever a look throws, there is another one: an executor would do without. */
  private void lookAgain() {
    try {
      look();
      if (trouble.ends()) {
        LOG.info("the fleet directory {} can be used again", directory.path());
      }
    } catch (IOException | RuntimeException | Error e) {
      metrics.failedTasks().increment();
      if (publisher.faults().isOfOneItem("fleet directory", e) && trouble.begins(e.toString())) {
        LOG.warn("the fleet directory {} cannot be used: {}", directory.path(), e.toString());
      }
    }
  }

  private synchronized void look() throws IOException {
    if (threads.isShutdown()) {
      return;
    }
    FleetListing listing = directory.look();
    report(listing.problems());
    boolean changed = end(listing);
    for (FleetHost host : listing.hosts().values()) {
      if (!running.containsKey(host.name())) {
        changed |= begin(host);
      }
    }
    for (String gone : published.takeGone(listing)) {
      publisher.remove(gone);
      changed = true;
    }
    if (changed) {
      published.keep(folders());
    }
  }

  /** Ends the collectors of hosts that are gone or are not what they were. */
  private boolean end(FleetListing listing) {
    boolean changed = false;
    Iterator<Running> before = running.values().iterator();
    while (before.hasNext()) {
      Running host = before.next();
      FleetHost now = listing.hosts().get(host.host().name());
      boolean heard = watch.map(w -> w.hears(host.host())).orElse(false);
      if (host.host().equals(now) && host.watched() == heard) {
        continue;
      }
      watch.ifPresent(w -> w.remove(host.host()));
      before.remove();
      if (now == null) {
        host.collector().remove();
      } else {
        host.collector().close();
      }
      changed = true;
    }
    return changed;
  }

  private boolean begin(FleetHost host) {
    // Watched before it is read: what changes in between is heard.
    boolean watched = watch.map(w -> w.add(host)).orElse(false);
    try {
      Collector collector = Collector.start(configOf(host, watched), publisher, threads, registry);
      running.put(host.name(), new Running(host, collector, watched));
      failures.remove(host.name());
      return true;
    } catch (IOException | RuntimeException e) {
      watch.ifPresent(w -> w.remove(host));
      if (!e.toString().equals(failures.put(host.name(), e.toString()))) {
        LOG.warn("the host folder {} cannot be used: {}", host.folder(), e.toString());
      }
      return false;
    }
  }

  private CollectorConfig configOf(FleetHost host, boolean watched) {
    return new CollectorConfig(
        new HostConfig(
            host.name(),
            new TreeMap<>(host.document().labels()),
            host.sys(),
            Optional.of(host.facts()),
            host.document().kernel(),
            watched),
        shared);
  }

  private void report(SortedMap<String, FleetListing.Problem> found) {
    found.forEach(
        (folder, problem) -> {
          if (!problem.equals(problems.get(folder))) {
            LOG.warn(
                "the host folder {} cannot be used ({}): {}",
                folder,
                problem.code(),
                problem.detail());
          }
        });
    problems = found;
  }

  private SortedMap<String, String> folders() {
    SortedMap<String, String> folders = new TreeMap<>();
    running.forEach((name, host) -> folders.put(name, host.host().folderName()));
    return folders;
  }
}
