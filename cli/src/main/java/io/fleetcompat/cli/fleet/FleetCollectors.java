package io.fleetcompat.cli.fleet;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector for every host of a fleet directory, sharing one publisher and two threads. Hosts
 * that come are collected from; hosts that go are taken back, also those that went while nobody
 * looked.
 *
 * <p>Threads: looks at the directory on one of its own; the rest from any.
 */
public final class FleetCollectors implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetCollectors.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final int THREADS = 2;
  private static final String PUBLISHED = "published-hosts";

  private final FleetDirectory directory;
  private final CollectorConfig shared;
  private final InventoryPublisher publisher;
  private final MeterRegistry registry;
  private final Optional<PublishedHosts> memory;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("fleet-", 0).factory());
  private final SortedMap<String, Running> running = new TreeMap<>();
  private SortedMap<String, FleetListing.Problem> problems = Collections.emptySortedMap();

  private record Running(FleetHost host, Collector collector) {}

  private FleetCollectors(
      FleetDirectory directory,
      CollectorConfig shared,
      InventoryPublisher publisher,
      MeterRegistry registry) {
    this.directory = directory;
    this.shared = shared;
    this.publisher = publisher;
    this.registry = registry;
    this.memory =
        shared.stateDirectory().map(state -> new PublishedHosts(state.resolve(PUBLISHED)));
  }

  /**
   * Starts a collector for every host that the directory has now, and watches for more.
   *
   * @param shared what all collectors have in common: Kafka, topic prefix, intervals, state
   * @throws IOException if the directory cannot be listed, or the state cannot be kept
   */
  public static FleetCollectors start(
      Path directory, CollectorConfig shared, MeterRegistry registry) throws IOException {
    InventoryPublisher publisher =
        new InventoryPublisher(shared.kafka(), shared.topics(), registry);
    FleetCollectors collectors =
        new FleetCollectors(new FleetDirectory(directory), shared, publisher, registry);
    try {
      collectors.takeBackTheGone();
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

  /** Why folders are not used, by folder. */
  public synchronized SortedMap<String, FleetListing.Problem> problems() {
    return problems;
  }

  /** Whether Kafka has a document of every host. */
  public boolean isPublished() {
    return allAnnounced() && publisher.unsent() == 0;
  }

  private synchronized boolean allAnnounced() {
    return running.values().stream().allMatch(host -> host.collector().hasAnnounced());
  }

  /** Somebody knows that a host has changed, come or gone: looks soon. */
  public void hint(String host) {
    Running known;
    synchronized (this) {
      known = running.get(host);
    }
    if (known != null) {
      known.collector().hint();
    } else {
      threads.execute(this::lookAgain);
    }
  }

  @Override
  public synchronized void close() {
    threads.shutdownNow();
    running.values().forEach(host -> host.collector().close());
    running.clear();
    publisher.close();
  }

  private void lookAgain() {
    try {
      look();
    } catch (IOException e) {
      LOG.warn("the fleet directory {} cannot be used: {}", directory.path(), e.toString());
    }
  }

  private synchronized void look() throws IOException {
    if (threads.isShutdown()) {
      return;
    }
    FleetListing listing = directory.look();
    report(listing.problems());
    boolean changed = false;
    Iterator<Running> before = running.values().iterator();
    while (before.hasNext()) {
      Running host = before.next();
      FleetHost now = listing.hosts().get(host.host().name());
      if (now == null) {
        host.collector().remove();
      } else if (!now.equals(host.host())) {
        host.collector().close();
      } else {
        continue;
      }
      before.remove();
      changed = true;
    }
    for (FleetHost host : listing.hosts().values()) {
      if (!running.containsKey(host.name())) {
        changed |= begin(host);
      }
    }
    if (changed) {
      remember();
    }
  }

  private boolean begin(FleetHost host) {
    try {
      Collector collector = Collector.start(configOf(host), publisher, threads, registry);
      running.put(host.name(), new Running(host, collector));
      return true;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("the host folder {} cannot be used: {}", host.folder(), e.toString());
      return false;
    }
  }

  private CollectorConfig configOf(FleetHost host) {
    CollectorConfig config =
        CollectorConfig.of(host.name(), host.sys())
            .withKafka(shared.kafka(), shared.topicPrefix())
            .withIntervals(shared.intervals())
            .withLabels(host.document().labels())
            .withFacts(Optional.of(host.facts()), host.document().kernel());
    return shared.stateDirectory().map(config::withStateDirectory).orElse(config);
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

  private void takeBackTheGone() throws IOException {
    if (memory.isPresent()) {
      SortedSet<String> gone = memory.get().read();
      gone.removeAll(directory.look().hosts().keySet());
      gone.forEach(publisher::remove);
    }
  }

  private void remember() throws IOException {
    if (memory.isPresent()) {
      memory.get().write(new TreeSet<>(running.keySet()));
    }
  }
}
