package io.fleetcompat.collector.fleet;

import io.fleetcompat.collector.Collector;
import io.fleetcompat.inventory.Quoted;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts of a fleet directory that are collected from: those that come are begun with, and those
 * that go, or are not what they were, are ended. For one thread at a time.
 */
final class RunningHosts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunningHosts.class);

  /** The way to start a host's collector. */
  interface Starter {

    /**
     * @param watched whether the kernel tells of the host's changes
     */
    Collector start(FleetHost host, boolean watched) throws IOException;
  }

  private record Running(FleetHost host, Collector collector, boolean watched) {}

  private final Starter starter;
  private final Optional<WatchedDirectories> watch;
  private final PublishedHosts published;
  private final SortedMap<String, Running> running = new TreeMap<>();

  /** The reasons why collectors could not start, by host. */
  private final SortedMap<String, String> failures = new TreeMap<>();

  RunningHosts(Starter starter, Optional<WatchedDirectories> watch, PublishedHosts published) {
    this.starter = starter;
    this.watch = watch;
    this.published = published;
  }

  /** Ends and begins as a listing says; gives whether there are others now. */
  boolean follow(FleetListing listing) {
    failures.keySet().retainAll(listing.hosts().keySet());
    boolean changed = end(listing);
    for (FleetHost host : listing.hosts().values()) {
      if (!running.containsKey(host.name())) {
        changed |= begin(host);
      }
    }
    return changed;
  }

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
        published.leaves(host.host().name(), host.host().folderName());
        host.collector().remove();
      } else {
        host.collector().close();
      }
      changed = true;
    }
    return changed;
  }

  private boolean begin(FleetHost host) {
    try {
      // Watched before it is read: what changes in between is heard.
      boolean watched = watch.map(w -> w.add(host)).orElse(false);
      running.put(host.name(), new Running(host, starter.start(host, watched), watched));
      failures.remove(host.name());
      return true;
    } catch (IOException | RuntimeException e) {
      watch.ifPresent(w -> w.remove(host));
      if (!e.toString().equals(failures.put(host.name(), e.toString()))) {
        LOG.warn(
            "the host folder {} cannot be used: {}", Quoted.of(host.folderName()), e.toString());
      }
      return false;
    }
  }

  SortedMap<String, Collector> collectors() {
    SortedMap<String, Collector> collectors = new TreeMap<>();
    running.forEach((name, host) -> collectors.put(name, host.collector()));
    return collectors;
  }

  /** The reasons why collectors could not start, by host. */
  SortedMap<String, String> failures() {
    return failures;
  }

  /** The folder of each host. */
  SortedMap<String, String> folders() {
    SortedMap<String, String> folders = new TreeMap<>();
    running.forEach((name, host) -> folders.put(name, host.host().folderName()));
    return folders;
  }

  /** Stops all collectors; their hosts are not taken back. */
  @Override
  public void close() {
    running.values().forEach(host -> host.collector().close());
    running.clear();
  }
}
