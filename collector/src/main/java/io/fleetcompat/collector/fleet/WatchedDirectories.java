package io.fleetcompat.collector.fleet;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories that the kernel watches for a fleet directory: its own, and all of each host that
 * is watched. A host is watched whole or not at all. Guarded by itself; any number of threads.
 */
final class WatchedDirectories {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedDirectories.class);

  private final WatchService service;
  private final int most;
  private final Map<WatchKey, Place> places = new HashMap<>();

  /** The watched hosts, by folder. */
  private final Map<Path, String> hosts = new HashMap<>();

  private record Place(Scope scope, Path directory) {

    boolean isOf(String host) {
      return scope.equals(new Scope.OneHost(host));
    }
  }

  /**
   * @param most directories that may be watched
   */
  WatchedDirectories(WatchService service, int most) {
    this.service = service;
    this.most = most;
  }

  /** Watches for hosts that come and go. */
  synchronized void addFleet(Path directory) throws IOException {
    boolean _ = register(new Place(new Scope.Fleet(), directory));
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

  /** True where a host is watched. */
  synchronized boolean hears(FleetHost host) {
    return host.name().equals(hosts.get(host.folder()));
  }

  /** Takes what happened in one directory, and says what that is about, where it is watched. */
  synchronized Optional<Scope> take(WatchKey key) {
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
    return Optional.of(place.scope());
  }

  /** Watches the host of a directory no more: what happens there cannot be told. */
  synchronized void unwatch(WatchKey key) {
    Place place = places.remove(key);
    if (place != null && place.scope() instanceof Scope.OneHost(String host)) {
      forget(host);
    }
  }

  private void forget(String host) {
    hosts.values().removeIf(host::equals);
    Map<WatchKey, Place> his = new HashMap<>(places);
    his.values().removeIf(place -> !place.isOf(host));
    his.keySet().forEach(WatchKey::cancel);
    places.keySet().removeAll(his.keySet());
  }

  private void appeared(Place place, Path path) {
    String host =
        switch (place.scope()) {
          case Scope.Fleet() -> hosts.get(path);
          case Scope.OneHost(String name) -> name;
        };
    if (host != null && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      boolean _ = watch(host, path);
    }
  }

  private boolean watch(String host, Path top) {
    Scope scope = new Scope.OneHost(host);
    try {
      Files.walkFileTree(
          top,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
              return register(new Place(scope, directory))
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
}
