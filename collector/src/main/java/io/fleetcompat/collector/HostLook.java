package io.fleetcompat.collector;

import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.inventory.HostReading;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The looks at one host, one at a time: what is new is announced, and a look that fails makes the
 * host fall silent until one succeeds. Guarded by itself; any number of threads.
 */
final class HostLook implements AutoCloseable {

  /** Problems of one look that the log lists. */
  private static final int LOGGED_PROBLEMS = 10;

  /** Times that the bounds of looks are halved, where a look does not fit the heap. */
  private static final int MAX_HALVINGS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(HostLook.class);

  private final CollectorConfig config;
  private final HostReader reader;
  private final Announcer announcer;
  private final InventoryPublisher publisher;
  private final CollectorMetrics metrics;
  private volatile boolean stopped;
  private volatile boolean announced;
  private volatile Optional<Failure> failure = Optional.empty();
  private long signature;
  private int halvings;

  HostLook(
      CollectorConfig config,
      HostReader reader,
      Announcer announcer,
      InventoryPublisher publisher,
      CollectorMetrics metrics) {
    this.config = config;
    this.reader = reader;
    this.announcer = announcer;
    this.publisher = publisher;
    this.metrics = metrics;
    this.signature = reader.isLive() ? 0 : reader.signature();
  }

  /** True where the kernel sends events of what is looked at. */
  boolean isLive() {
    return reader.isLive();
  }

  boolean hasAnnounced() {
    return announced;
  }

  /** The reason why the last look failed; empty where it did not. */
  Optional<Failure> failure() {
    return failure;
  }

  /** Looks at the host where a file of it has moved since this was last asked. */
  void takeIfMoved() {
    long now = reader.signature();
    boolean moved;
    synchronized (this) {
      moved = now != signature;
      signature = now;
    }
    if (moved) {
      take(Cause.POLL);
    }
  }

  /** Looks at the host; where a look does not fit the heap, with smaller bounds at once again. */
  synchronized void take(Cause cause) {
    boolean done = stopped;
    while (!done) {
      try {
        look(cause);
        done = true;
      } catch (OutOfMemoryError e) {
        done = stopped || !takeLess(e);
      } catch (RuntimeException | Error e) {
        // Our own mistake; but other hosts share these threads, and the next look may succeed.
        fail(new Failure.BrokenLook(e.toString()), Optional.of(e));
        boolean _ = publisher.faults().isOfOneItem(config.host().name() + ": look", e);
        done = true;
      }
    }
  }

  private void look(Cause cause) {
    Optional<HostReading> reading = metrics.scans().record(reader::readWhole);
    if (reading == null || reading.isEmpty()) {
      fail(Failure.NoRoot.at(config.host().root()), Optional.empty());
    } else {
      announce(reading.get(), cause);
    }
  }

  /** Nothing of the look is kept, so a smaller one may fit; false where that was tried enough. */
  private boolean takeLess(OutOfMemoryError thrown) {
    long heap = Runtime.getRuntime().maxMemory();
    if (halvings >= MAX_HALVINGS) {
      Failure small = new Failure.HeapTooSmall(heap, thrown.toString());
      fail(small, Optional.of(thrown));
      publisher.faults().end(config.host().name() + ": look: " + small.why(), thrown);
      return false;
    }
    halvings++;
    Bounds less = reader.takeLess();
    LOG.warn(
        "{}: a look at it does not fit the heap of {} MiB (-Xmx, which FLEETCOMPAT_JAVA_OPTS sets);"
            + " until the next start at most {} endpoints, {} bytes of memory (bounds.memory) and"
            + " {} bytes of its document (bounds.bytes) are taken, and more is refused",
        config.host().name(),
        heap >> 20,
        less.endpoints(),
        less.memory(),
        less.bytes());
    return true;
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
          .limit(LOGGED_PROBLEMS)
          .forEach(
              p ->
                  LOG.debug("{}: {} {}: {}", config.host().name(), p.code(), p.path(), p.detail()));
    }
  }

  /** A host that is not looked at sends no sign of life; that is said once, not at every look. */
  private void fail(Failure found, Optional<Throwable> thrown) {
    metrics.failedScans().increment();
    announcer.fallSilent();
    if (!failure.equals(Optional.of(found))) {
      failure = Optional.of(found);
      String line = config.host().name() + ": " + found.why() + "; it sends no sign of life";
      thrown.ifPresentOrElse(e -> LOG.warn(line, e), () -> LOG.warn(line));
    }
  }

  /** No look begins any more; returns at once. */
  void stop() {
    stopped = true;
  }

  /** Waits for the look that is being taken, if one is. */
  @Override
  public synchronized void close() {
    stopped = true;
    reader.close();
  }
}
