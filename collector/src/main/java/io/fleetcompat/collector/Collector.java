package io.fleetcompat.collector;

import io.fleetcompat.collector.fault.WatchedThreads;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.collector.state.Epochs;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.watch.QuietPeriod;
import io.fleetcompat.collector.watch.RepeatedTask;
import io.fleetcompat.collector.watch.UeventSocket;
import io.fleetcompat.inventory.HostReading;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's collector: looks when it hears something and when time has passed, and publishes what
 * is new. Any number of them share a process, its publisher and its threads. What goes wrong with a
 * host is that host's {@link #failure}; what no host is to blame for ends the process: {@link
 * #hasFailed}. Any thread.
 */
public final class Collector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final CollectorConfig config;
  private final HostReader reader;
  private final Announcer announcer;
  private final InventoryPublisher publisher;
  private final ScheduledExecutorService threads;
  private final CollectorMetrics metrics;

  /** True while a look waits for a thread. Hints meanwhile need no other. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** The parts that are stopped at the end, in order. */
  private final List<Runnable> parts = new ArrayList<>();

  private volatile boolean closed;
  private volatile boolean announced;
  private volatile Optional<Failure> failure = Optional.empty();
  private long signature;

  private Collector(
      CollectorConfig config,
      HostReader reader,
      long epoch,
      InventoryPublisher publisher,
      ScheduledExecutorService threads,
      CollectorMetrics metrics) {
    this.config = config;
    this.reader = reader;
    this.announcer = new Announcer(config, publisher, InstantSource.system(), epoch);
    this.publisher = publisher;
    this.threads = threads;
    this.metrics = metrics;
  }

  /**
   * A collector with a publisher and a thread of its own: the process of one host.
   *
   * @throws IOException if the root does not exist, or the epoch cannot be kept
   */
  public static Collector start(CollectorConfig config, MeterRegistry registry) throws IOException {
    LOG.info("Collecting from {}", config.host());
    InventoryPublisher publisher =
        new InventoryPublisher(config.process().kafka().all(), config.process().topics(), registry);
    ScheduledExecutorService threads = new WatchedThreads("collector", 1, publisher.faults());
    try {
      Collector collector = start(config, publisher, threads, registry);
      collector.parts.add(threads::shutdownNow);
      collector.parts.add(publisher::close);
      return collector;
    } catch (IOException e) {
      threads.shutdownNow();
      publisher.close();
      throw e;
    }
  }

  /**
   * One of many collectors in a process.
   *
   * @param threads where it looks; shared, and not closed with it
   * @throws IOException if the root does not exist, or the epoch cannot be kept
   */
  public static Collector start(
      CollectorConfig config,
      InventoryPublisher publisher,
      ScheduledExecutorService threads,
      MeterRegistry registry)
      throws IOException {
    SysfsTree tree =
        SysfsTree.open(
            config.host().root(), config.process().bounds(), config.process().readDeadline());
    HostReader reader =
        new HostReader(tree, config.host().kernel(), config.host().factsDirectory());
    Collector collector =
        new Collector(
            config, reader, epoch(config), publisher, threads, CollectorMetrics.of(registry));
    collector.watch();
    return collector;
  }

  private static long epoch(CollectorConfig config) throws IOException {
    InstantSource clock = InstantSource.system();
    return config.process().stateDirectory().isPresent()
        ? Epochs.in(config.process().stateDirectory().get(), clock).next(config.host().name())
        : clock.millis();
  }

  private void watch() {
    Intervals intervals = config.process().intervals();
    signature = reader.isLive() ? 0 : reader.signature();
    look(Cause.START);
    if (reader.isLive()) {
      listen(intervals);
    } else {
      repeat("poll", config.poll(), this::poll);
    }
    repeat("scan", intervals.rescan(), () -> scan(Cause.SCAN));
    repeat("refresh", intervals.refresh(), () -> scan(Cause.REFRESH));
    repeat("heartbeat", intervals.heartbeat(), announcer::heartbeat);
  }

  private void repeat(String task, Duration interval, Runnable what) {
    String name = config.host().name() + ": " + task;
    RepeatedTask repeated =
        new RepeatedTask(name, interval, threads, metrics, publisher.faults(), what);
    parts.add(repeated::close);
  }

  private void listen(Intervals intervals) {
    QuietPeriod quiet =
        new QuietPeriod(
            threads,
            () -> scan(Cause.UEVENT),
            intervals.settle(),
            intervals.settleMost(),
            intervals.late());
    try {
      UeventSocket socket = UeventSocket.listen(quiet::hint, metrics, publisher.faults());
      parts.add(socket::close);
    } catch (IOException e) {
      LOG.warn("{}; changes show after at most {}", e.getMessage(), intervals.rescan());
    }
  }

  /** True once a first look at the host was handed to the publisher. */
  public boolean hasAnnounced() {
    return announced;
  }

  /**
   * The reason why the host as it is now is not announced: the last look at it failed, or what it
   * found is refused. Empty where it is, or nobody has looked yet: {@link #hasAnnounced} tells
   * which.
   */
  public Optional<Failure> failure() {
    return failure.or(
        () -> publisher.refusal(config.host().name()).map(Failure.RefusedDocument::new));
  }

  /**
   * True where this process must not go on: a thread that it needs has ended, or the JVM failed.
   */
  public boolean hasFailed() {
    return publisher.faults().first().isPresent();
  }

  public String host() {
    return config.host().name();
  }

  /** True where Kafka has the host's document, and no other is on its way. */
  public boolean isPublished() {
    return announced && publisher.unsent() == 0;
  }

  /** Somebody knows that the host has changed: looks soon; returns at once. */
  public void hint() {
    look(Cause.HINT);
  }

  /** The host is gone on purpose: stops, and says so to everybody. */
  public void remove() {
    close();
    publisher.remove(config.host().name());
  }

  /** Stops looking. What was handed to the publisher is the publisher's. */
  @Override
  public void close() {
    closed = true;
    parts.forEach(this::stop);
    synchronized (this) {
      reader.close();
    }
  }

  private void stop(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: a part of its collector did not stop", config.host().name(), e);
    }
  }

  private void look(Cause cause) {
    if (waiting.compareAndSet(false, true)) {
      threads.execute(
          () -> {
            waiting.set(false);
            scan(cause);
          });
    }
  }

  private void poll() {
    long now = reader.signature();
    boolean moved;
    synchronized (this) {
      moved = now != signature;
      signature = now;
    }
    if (moved) {
      scan(Cause.POLL);
    }
  }

  private synchronized void scan(Cause cause) {
    if (closed) {
      return;
    }
    try {
      HostReading reading = metrics.scans().record(reader::read);
      if (reading == null || !reader.hasRoot()) {
        fail(new Failure.NoRoot(config.host().root()), Optional.empty());
      } else {
        announce(reading, cause);
      }
    } catch (RuntimeException | Error e) {
      // Our own mistake; but other hosts share these threads, and the next look may succeed.
      fail(new Failure.BrokenLook(e.toString()), Optional.of(e));
      boolean _ = publisher.faults().isOfOneItem(config.host().name() + ": look", e);
    }
  }

  private void announce(HostReading reading, Cause cause) {
    metrics.problems().increment(reading.problems().size());
    boolean changed = announcer.announce(reading, cause);
    if (publisher.refusal(config.host().name()).isEmpty()) {
      announced = true;
    }
    if (failure.isPresent()) {
      failure = Optional.empty();
      LOG.info("{}: can be looked at again", config.host().name());
    }
    if (changed) {
      metrics.changes().increment();
      reading.problems().stream()
          .limit(10)
          .forEach(
              p ->
                  LOG.debug("{}: {} {}: {}", config.host().name(), p.code(), p.path(), p.detail()));
    }
  }

  /** Whoever is not looked at sends no sign of life; says so once, not at every look. */
  private void fail(Failure found, Optional<Throwable> thrown) {
    metrics.failedScans().increment();
    announcer.fallSilent();
    if (!failure.equals(Optional.of(found))) {
      failure = Optional.of(found);
      String line = config.host().name() + ": " + found.why() + "; it sends no sign of life";
      thrown.ifPresentOrElse(e -> LOG.warn(line, e), () -> LOG.warn(line));
    }
  }
}
