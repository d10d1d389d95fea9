package io.fleetcompat.collector.fleet;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.collector.HostConfig;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fault.Trouble;
import io.fleetcompat.collector.fault.WatchedThreads;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.inventory.Quoted;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collector for every host of a fleet directory, sharing one publisher and a few threads. Hosts
 * that come are collected from; hosts that go are taken back, also those that went while nobody
 * looked.
 *
 * <p>Threads: looks at the directory on its own, one look at a time; the rest from any, which waits
 * for no look but in {@link #close}.
 */
public final class FleetCollectors implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FleetCollectors.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  /**
   * The threads, more than processors: one that reads an attribute that hangs is not there for the
   * others.
   */
  private static final int THREADS = 4;

  private final ListingSource directory;
  private final ProcessConfig shared;
  private final InventoryPublisher publisher;
  private final MeterRegistry registry;
  private final PublishedHosts published;
  private final Optional<FleetWatch> watch;
  private final ScheduledExecutorService threads;
  private final CollectorMetrics metrics;
  private final RunningHosts hosts;

  /** True while a look that was hinted at waits for a thread. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** The trouble of the directory itself. */
  private final Trouble trouble = new Trouble();

  /** Held by a look, and at the end. */
  private final Object looking = new Object();

  /** True while the hosts that there are have not been kept. */
  private boolean unkept;

  private volatile FleetReport report = FleetReport.NONE;

  private FleetCollectors(
      ListingSource directory,
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
        FleetWatch.of(directory.path(), this::moved, metrics.failedTasks(), publisher.faults());
    this.hosts = new RunningHosts(this::start, watch.map(FleetWatch::directories), published);
    watch.ifPresent(FleetWatch::start);
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
        new InventoryPublisher(shared.kafka().all(), shared.topics(), shared.keys(), registry);
    return start(new FleetDirectory(directory), shared, publisher, published, registry);
  }

  static FleetCollectors start(
      ListingSource directory,
      ProcessConfig shared,
      InventoryPublisher publisher,
      PublishedHosts published,
      MeterRegistry registry)
      throws IOException {
    FleetCollectors collectors =
        new FleetCollectors(directory, shared, publisher, published, registry);
    try {
      collectors.look();
    } catch (IOException | RuntimeException | Error e) {
      collectors.close();
      throw e;
    }
    Gauge.builder("fleetcompat.fleet.hosts", collectors, FleetCollectors::size)
        .description("Hosts that are collected from")
        .register(registry);
    Gauge.builder("fleetcompat.fleet.folders.refused", collectors, c -> c.problems().size())
        .description("Folders that are not used")
        .register(registry);
    long millis = LOOK_EVERY.toMillis();
    var _ =
        collectors.threads.scheduleWithFixedDelay(
            collectors::lookAgain, millis, millis, TimeUnit.MILLISECONDS);
    return collectors;
  }

  /** Number of hosts that are collected from. */
  public int size() {
    return report.collectors().size();
  }

  /** The reasons why folders are not used, by folder. */
  public SortedMap<String, FleetListing.Problem> problems() {
    return report.problems();
  }

  /** True where Kafka has a document of every host but those of {@link #failures}. */
  public boolean isPublished() {
    return report.isLookedAt() && publisher.unsent() == 0;
  }

  /** The reasons why hosts are not collected from, by name. */
  public SortedMap<String, String> failures() {
    return report.failures();
  }

  /**
   * True where this process must not go on: a thread that it needs has ended, or the JVM failed.
   */
  public boolean hasFailed() {
    return publisher.faults().first().isPresent();
  }

  /** Somebody knows that a host has changed, come or gone: looks soon; returns at once. */
  public void hint(String host) {
    if (!threads.isShutdown()) {
      report.collector(host).ifPresentOrElse(Collector::hint, this::lookSoon);
    }
  }

  /** The kernel tells that something has changed. */
  private void moved(Scope scope) {
    switch (scope) {
      case Scope.Fleet() -> lookSoon();
      case Scope.OneHost(String host) -> hint(host);
    }
  }

  private void lookSoon() {
    if (waiting.compareAndSet(false, true)) {
      try {
        threads.execute(
            () -> {
              waiting.set(false);
              lookAgain();
            });
      } catch (RejectedExecutionException e) {
        LOG.debug("no look any more: the collectors are closed", e);
      }
    }
  }

  @Override
  public void close() {
    watch.ifPresent(FleetWatch::close);
    threads.shutdownNow();
    synchronized (looking) {
      hosts.close();
      report = FleetReport.NONE;
    }
    publisher.close();
  }

  /**
   * Looks once more: whatever a look throws, there is another one: an executor would do without.
   */
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

  private void look() throws IOException {
    synchronized (looking) {
      if (threads.isShutdown()) {
        return;
      }
      FleetListing listing = directory.look();
      logNew(listing.problems());
      try {
        unkept |= hosts.follow(listing);
      } finally {
        report = new FleetReport(hosts.collectors(), listing.problems(), hosts.failures());
      }
      takeBack(listing);
      if (unkept) {
        published.keep(hosts.folders());
        unkept = false;
      }
    }
  }

  /** Takes back the hosts that went while nobody looked; a host is forgotten once Kafka knows. */
  private void takeBack(FleetListing listing) {
    for (String gone : published.takeGone(listing)) {
      publisher.remove(gone, epochAfterAll(gone));
      unkept = true;
    }
    unkept |= published.forget(publisher::isSent);
  }

  /** A removal must not be lost where its epoch cannot be kept: the clock orders it then. */
  private long epochAfterAll(String host) {
    try {
      return shared.nextEpoch(host);
    } catch (IOException e) {
      LOG.warn("the epoch of the removal of {} cannot be kept: {}", host, e.toString());
      return System.currentTimeMillis();
    }
  }

  private Collector start(FleetHost host, boolean watched) throws IOException {
    return Collector.start(configOf(host, watched), publisher, threads, registry);
  }

  private CollectorConfig configOf(FleetHost host, boolean watched) {
    return new CollectorConfig(
        new HostConfig(
            host.name(),
            new TreeMap<>(host.document().labels()),
            host.sys(),
            Optional.of(host.proc()),
            Optional.of(host.facts()),
            host.document().kernel(),
            watched),
        shared);
  }

  private void logNew(SortedMap<String, FleetListing.Problem> found) {
    SortedMap<String, FleetListing.Problem> known = report.problems();
    found.forEach(
        (folder, problem) -> {
          if (!problem.equals(known.get(folder))) {
            LOG.warn(
                "the host folder {} cannot be used ({}): {}",
                Quoted.of(folder),
                problem.code(),
                problem.detail());
          }
        });
  }
}
