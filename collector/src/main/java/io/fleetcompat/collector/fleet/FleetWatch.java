package io.fleetcompat.collector.fleet;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.fault.Trouble;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch, by the kernel's inotify, of which hosts of a fleet directory have moved: plain files
 * send no uevents. Hints only: what it misses, a later look finds.
 *
 * <p>Threads: hints come on one of its own; guarded by itself, any number of threads.
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

  /** Of the watches that a user may have, how many are left to others. */
  private static final int SHARE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(FleetWatch.class);

  private static final String THREAD = "fleet-watch";

  private final WatchService service;
  private final Consumer<String> moved;
  private final int most;
  private final Counter failures;
  private final Faults faults;
  private final Trouble trouble = new Trouble();
  private final Map<WatchKey, Place> places = new HashMap<>();

  /** The watched hosts, by folder. */
  private final Map<Path, String> hosts = new HashMap<>();

  /**
   * @param host whose it is; empty for the fleet directory itself
   */
  private record Place(String host, Path directory) {}

  private FleetWatch(
      WatchService service, int most, Consumer<String> moved, Counter failures, Faults faults) {
    this.service = service;
    this.most = most;
    this.moved = moved;
    this.failures = failures;
    this.faults = faults;
  }

  /**
   * A watch of a fleet directory; none where the kernel would not tell of every change, or has no
   * watches to give.
   *
   * @param moved given the name of a host that is watched, or an empty one where hosts may have
   *     come or gone
   * @param failures counts what could not be passed on
   */
  static Optional<FleetWatch> of(
      Path directory, Consumer<String> moved, Counter failures, Faults faults) {
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
      watch.register(new Place("", directory));
      Thread.ofPlatform().daemon().name(THREAD).start(watch::listen);
      return Optional.of(watch);
    } catch (IOException | NumberFormatException e) {
      LOG.info("{} is polled, since it cannot be watched: {}", directory, e.toString());
      return Optional.empty();
    }
  }

  /** In one read: a second one of such a file finds its end. */
  private static int limit() throws IOException {
    try (InputStream file = Files.newInputStream(LIMIT)) {
      return Integer.parseInt(new String(file.readNBytes(32), StandardCharsets.US_ASCII).strip());
    }
  }

  /** Watches a host; whether it is watched whole, else it is not watched at all. */
  synchronized boolean add(FleetHost host) {
    hosts.put(host.folder(), host.name());
    return watch(host.name(), host.folder());
  }

  synchronized void remove(FleetHost host) {
    if (hears(host)) {
      forget(host.name());
    }
  }

  private void forget(String host) {
    hosts.values().removeIf(host::equals);
    Map<WatchKey, Place> his = new HashMap<>(places);
    his.values().removeIf(place -> !place.host().equals(host));
    his.keySet().forEach(WatchKey::cancel);
    places.keySet().removeAll(his.keySet());
  }

  /** True where a host is watched. */
  synchronized boolean hears(FleetHost host) {
    return host.name().equals(hosts.get(host.folder()));
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      LOG.warn("The watch of the fleet directory did not close: {}", e.toString());
    }
  }

  private boolean watch(String host, Path top) {
    try {
      Files.walkFileTree(
          top,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
              return register(new Place(host, directory))
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // gone again: its parent tells
              }
              throw e;
            }
          });
      return true;
    } catch (IOException e) {
      LOG.info("host {} is polled, since it cannot be watched: {}", host, e.toString());
      forget(host);
      return false;
    }
  }

  private boolean register(Place place) throws IOException {
    if (places.size() >= most) {
      throw new IOException("expected at most " + most + " directories, found more");
    }
    try {
      places.put(
          place.directory().register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), place);
      return true;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false; // gone again: its parent tells
    }
  }

  private void listen() {
    try {
      while (true) {
        Set<String> heard = new TreeSet<>();
        WatchKey key = service.take();
        long end = System.nanoTime() + MOST.toNanos();
        while (key != null) {
          heardOf(key, heard);
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
  private void heardOf(WatchKey key, Set<String> heard) {
    try {
      hear(key).ifPresent(heard::add);
    } catch (ClosedWatchServiceException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      failed(e);
      unwatch(key);
    }
  }

  private synchronized void unwatch(WatchKey key) {
    Place place = places.remove(key);
    if (place != null && !place.host().isEmpty()) {
      forget(place.host());
    }
  }

  private void pass(String host) {
    try {
      moved.accept(host);
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

  private synchronized Optional<String> hear(WatchKey key) {
    Place place = places.get(key);
    if (place == null) {
      return Optional.empty();
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(OVERFLOW)) {
        appeared(place, place.directory());
      } else if (event.kind().equals(ENTRY_CREATE) && event.context() instanceof Path name) {
        appeared(place, place.directory().resolve(name));
      }
    }
    if (!key.reset()) {
      places.remove(key);
    }
    return Optional.of(place.host());
  }

  private void appeared(Place place, Path path) {
    String host = place.host().isEmpty() ? hosts.get(path) : place.host();
    if (host != null && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      watch(host, path);
    }
  }
}
