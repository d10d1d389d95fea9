package io.fleetcompat.collector.fleet;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.fault.Trouble;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch, by the kernel's inotify, of which hosts of a fleet directory have moved: plain files
 * send no uevents. Hints only: what it misses, a later look finds.
 *
 * <p>Threads: hints come on one of its own; any number of threads.
 */
final class FleetWatch implements AutoCloseable {

  /** File systems where every change is made on this machine, so that its kernel knows of it. */
  private static final Set<String> LOCAL =
      Set.of("btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs");

  /** A burst of changes is one hint: when it has been quiet for so long … */
  private static final Duration QUIET = Duration.ofMillis(20);

  /** … or has not been for so long. */
  private static final Duration MOST = Duration.ofMillis(100);

  private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_user_watches");

  /** One of so many of the watches that a user may have is ours; the rest is left to others. */
  private static final int SHARE = 2;

  private static final String THREAD = "fleet-watch";
  private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);

  private final WatchService service;
  private final WatchedDirectories directories;
  private final Consumer<Scope> moved;
  private final Counter failures;
  private final Faults faults;
  private final Trouble trouble = new Trouble();

  private FleetWatch(
      WatchService service, int most, Consumer<Scope> moved, Counter failures, Faults faults) {
    this.service = service;
    this.directories = new WatchedDirectories(service, most);
    this.moved = moved;
    this.failures = failures;
    this.faults = faults;
  }

  /**
   * A watch of a fleet directory; none where the kernel would not tell of every change, or has no
   * watches to give.
   *
   * @param moved told of every change, on the watch's own thread
   * @param failures counts what could not be passed on
   */
  static Optional<FleetWatch> of(
      Path directory, Consumer<Scope> moved, Counter failures, Faults faults) {
    try {
      if (!LOCAL.contains(Files.getFileStore(directory).type())) {
        return Optional.empty();
      }
      FleetWatch watch =
          new FleetWatch(
              directory.getFileSystem().newWatchService(),
              limit() / SHARE,
              moved,
              failures,
              faults);
      watch.directories.addFleet(directory);
      return Optional.of(watch);
    } catch (IOException | NumberFormatException e) {
      LOG.info("{} is polled, since it cannot be watched: {}", directory, e.toString());
      return Optional.empty();
    }
  }

  /** Reads the limit in one read: a second one of such a file finds its end. */
  private static int limit() throws IOException {
    try (InputStream file = Files.newInputStream(LIMIT)) {
      return Integer.parseInt(new String(file.readNBytes(32), StandardCharsets.US_ASCII).strip());
    }
  }

  /** Begins to tell, also of what has moved before. */
  void start() {
    Thread _ = Thread.ofPlatform().daemon().name(THREAD).start(this::listen);
  }

  /** The directories that are watched. */
  WatchedDirectories directories() {
    return directories;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.warn("The watch of the fleet directory did not close: {}", e.toString());
    }
  }

  private void listen() {
    try {
      while (true) {
        Set<Scope> heard = new LinkedHashSet<>();
        WatchKey key = service.take();
        long end = System.nanoTime() + MOST.toNanos();
        while (key != null) {
          hear(key, heard);
          key =
              System.nanoTime() < end
                  ? service.poll(QUIET.toNanos(), TimeUnit.NANOSECONDS)
                  : service.poll();
        }
        heard.forEach(this::pass);
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      LOG.debug("The watch of the fleet directory is closed", e);
    } catch (RuntimeException | Error e) {
      faults.end(THREAD, e);
    }
  }

  /**
   * Hears what happened in one directory; where that fails, its host is watched no more, and so
   * polled.
   */
  private void hear(WatchKey key, Set<Scope> heard) {
    try {
      directories.take(key).ifPresent(heard::add);
    } catch (ClosedWatchServiceException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      failed(e);
      directories.unwatch(key);
    }
  }

  private void pass(Scope scope) {
    try {
      moved.accept(scope);
    } catch (RuntimeException | Error e) {
      failed(e); // a later look finds what this host was to be looked at for
    }
  }

  private void failed(Throwable e) {
    failures.increment();
    if (faults.isOfOneItem(THREAD, e) && trouble.begins(e.toString())) {
      LOG.warn("A change of the fleet directory could not be passed on; it shows later", e);
    }
  }
}
