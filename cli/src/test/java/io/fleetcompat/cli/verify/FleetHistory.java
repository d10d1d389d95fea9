package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.cli.verify.Mismatch.Pair;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.DiskHost;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.Expectations.Content;
import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A simulated fleet that is changed, and what each endpoint of it was at which time. All times are
 * those of {@link System#nanoTime}. Threads: any.
 */
public final class FleetHistory {

  /** The age after which contents are forgotten. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private final SimulatedFleet fleet;
  private final Path directory;
  private final Expectations expectations;
  private final Map<Name, List<Version>> versions = new HashMap<>();
  private final Set<String> doubted = new HashSet<>();

  /** Held by changes, before the monitor, and by whoever wants none: questions go on meanwhile. */
  private final Object changing = new Object();

  /** The contents that somebody else goes on to tell, whatever hosts have become since. */
  private final Map<Name, Version> held = new HashMap<>();

  private long changes;

  /** An endpoint's host and its name below it. */
  private record Name(String host, String endpoint) {}

  /**
   * The content of an endpoint, empty where there was none, from the begin of the change that made
   * it to the end of the one that ended it.
   */
  private record Version(Optional<Content> content, long from, long until) {

    boolean overlaps(long begin, long end) {
      return from <= end && until >= begin;
    }

    Version endedAt(long end) {
      return new Version(content, from, end);
    }
  }

  /** The pairs of endpoints that are there, and were there lately, at one time. */
  record Pairs(long changes, List<Pair> all) {}

  public FleetHistory(SimulatedFleet fleet, Expectations expectations) throws IOException {
    this.fleet = fleet;
    this.directory = fleet.directory();
    this.expectations = expectations;
    long now = System.nanoTime();
    for (String host : fleet.hosts()) {
      note(host, now, now);
    }
  }

  /** Changes something. */
  public void change() throws IOException {
    synchronized (changing) {
      changeNow();
    }
  }

  private synchronized void changeNow() throws IOException {
    long begin = System.nanoTime();
    String host = fleet.change().host();
    note(host, begin, System.nanoTime());
    changes++;
  }

  /** Something that is done with the hosts that there are. */
  @FunctionalInterface
  public interface HostTask {
    void accept(List<String> hosts) throws Exception;
  }

  /** Does this while nothing changes by itself. */
  public void standStill(HostTask task) throws Exception {
    synchronized (changing) {
      task.accept(fleet.hosts());
    }
  }

  /** A change of the tree of one host. */
  @FunctionalInterface
  public interface TreeChange {
    void run() throws IOException;
  }

  /**
   * A change that makes a host one of which not everything can be read, or a further one of such a
   * host: until it is {@link #heal healed}, it need not have the right answers, and must not have a
   * yes but by what can be read of it.
   */
  public void doubt(String host, TreeChange change) throws IOException {
    synchronized (this) {
      doubted.add(host);
    }
    long begin = System.nanoTime();
    change.run();
    // May take as long as reads hang: nobody else changes this host.
    Optional<DiskHost> found = read(host);
    synchronized (this) {
      note(host, found, begin, System.nanoTime());
      changes++;
    }
  }

  /** The same where all endpoints that it had stay as they are, and nobody asks for others. */
  public synchronized void doubtWithoutChange(String host, TreeChange change) throws IOException {
    doubted.add(host);
    change.run();
    changes++;
  }

  /** The same for a host of which nothing can be read: it must have no yes. */
  public synchronized void lose(String host, TreeChange change) throws IOException {
    doubted.add(host);
    long begin = System.nanoTime();
    change.run();
    note(host, Optional.empty(), begin, System.nanoTime());
    changes++;
  }

  /** A change that makes a host one that can be read. */
  public synchronized void heal(String host, TreeChange change) throws IOException {
    long begin = System.nanoTime();
    change.run();
    note(host, begin, System.nanoTime());
    doubted.remove(host);
    changes++;
  }

  /** From now on, what all endpoints are now counts as true, too, until it is released. */
  public synchronized void hold() {
    long now = System.nanoTime();
    versions.forEach(
        (name, known) -> held.put(name, new Version(known.getLast().content, now, Long.MAX_VALUE)));
  }

  /** Ends what was held: it is true no longer. */
  public synchronized void release() {
    long now = System.nanoTime();
    held.replaceAll((_, version) -> version.endedAt(now));
  }

  private void note(String host, long begin, long end) throws IOException {
    note(host, read(host), begin, end);
  }

  private Optional<DiskHost> read(String host) throws IOException {
    return Optional.ofNullable(
        DiskFleet.read(new FleetDirectory(directory), Set.of(host), new CataloguedFacts())
            .hosts()
            .get(host));
  }

  private void note(String host, Optional<DiskHost> found, long begin, long end) {
    Set<Name> names = new HashSet<>();
    versions.keySet().stream().filter(name -> name.host.equals(host)).forEach(names::add);
    found.ifPresent(
        now -> now.endpoints().keySet().forEach(endpoint -> names.add(new Name(host, endpoint))));
    for (Name name : names) {
      Optional<Content> content =
          found
              .flatMap(now -> Optional.ofNullable(now.endpoints().get(name.endpoint)))
              .map(expectations::content);
      note(versions.computeIfAbsent(name, _ -> new ArrayList<>()), content, begin, end);
    }
    versions
        .values()
        .forEach(list -> list.removeIf(version -> end - version.until > KEPT.toNanos()));
    versions.values().removeIf(FleetHistory::isForgotten);
  }

  private static void note(List<Version> known, Optional<Content> content, long begin, long end) {
    if (!known.isEmpty()) {
      if (known.getLast().content.equals(content)) {
        return;
      }
      known.set(known.size() - 1, known.getLast().endedAt(end));
    }
    known.add(new Version(content, begin, Long.MAX_VALUE));
  }

  private static boolean isForgotten(List<Version> known) {
    return known.isEmpty() || (known.size() == 1 && known.getFirst().content.isEmpty());
  }

  /** The number of changes so far. */
  public synchronized long changes() {
    return changes;
  }

  synchronized Pairs pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (Name from : versions.keySet()) {
      for (Name to : versions.keySet()) {
        pairs.add(new Pair(from.host, from.endpoint, to.host, to.endpoint));
      }
    }
    return new Pairs(changes, pairs);
  }

  /** Tells whether not everything of a host of the pair can be read now. */
  synchronized boolean isDoubted(Pair pair) {
    return doubted.contains(pair.sourceHost()) || doubted.contains(pair.destinationHost());
  }

  /** The contents of both sides that a pair has now; empty where one is not there. */
  synchronized Optional<Sides> now(Pair pair) {
    long now = System.nanoTime();
    List<Sides> sides = within(pair, now, now);
    return Optional.of(sides).filter(list -> !list.isEmpty()).map(List::getLast);
  }

  /** The contents of both sides of a pair in that time: each of one with each of the other. */
  synchronized List<Sides> within(Pair pair, long begin, long end) {
    List<Sides> sides = new ArrayList<>();
    for (Version source : versions(pair.sourceHost(), pair.sourceEndpoint())) {
      for (Version destination : versions(pair.destinationHost(), pair.destinationEndpoint())) {
        if (source.overlaps(begin, end)
            && destination.overlaps(begin, end)
            && source.content.isPresent()
            && destination.content.isPresent()) {
          sides.add(new Sides(source.content.get(), destination.content.get()));
        }
      }
    }
    return sides;
  }

  /** Two endpoints as they were read. */
  record Sides(Content source, Content destination) {}

  private List<Version> versions(String host, String endpoint) {
    Name name = new Name(host, endpoint);
    List<Version> all = new ArrayList<>();
    Optional.ofNullable(held.get(name)).ifPresent(all::add);
    all.addAll(versions.getOrDefault(name, List.of()));
    return all;
  }
}
