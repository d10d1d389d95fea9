package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.cli.verify.Mismatch.Pair;
import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.DiskHost;
import io.fleetcompat.oracle.Expectations;
import io.fleetcompat.oracle.NaiveVerdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The differences that remain when the trees have stood still long enough for the index to know. A
 * fleet may change while it is verified; only what persists is a mismatch.
 */
final class LastingMismatches {

  /** The time after which asking again is given up. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A change on disk shows within a second; so much longer is not the fleet's doing. */
  static final Duration STILL = Duration.ofSeconds(3);

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final FleetDirectory directory;
  private final VerifiedApi api;
  private final Expectations expectations;
  private final CountingOverrides overrides;
  private final Function<DiskFleet, SortedSet<String>> sets;
  private final InstantSource clock;
  private final Map<String, Seen> seen = new HashMap<>();

  /** A host's tree, and since when it is so; empty where there was no such host. */
  private record Seen(Optional<DiskHost> host, Instant since) {}

  /**
   * @param unsettled differences that cannot be judged, because the trees do not stand still
   */
  record Result(List<Mismatch> mismatches, SortedSet<String> sets, int unsettled) {}

  /**
   * @param sets the differences besides those of verdicts, one sentence each
   */
  LastingMismatches(
      FleetDirectory directory,
      VerifiedApi api,
      Expectations expectations,
      CountingOverrides overrides,
      Function<DiskFleet, SortedSet<String>> sets,
      InstantSource clock) {
    this.directory = directory;
    this.api = api;
    this.expectations = expectations;
    this.overrides = overrides;
    this.sets = sets;
    this.clock = clock;
  }

  /** Asks again and again, until nothing differs or patience ends. */
  Result settle(List<Mismatch> found, SortedSet<String> foundSets) throws IOException {
    Instant end = clock.instant().plus(PATIENCE);
    List<Mismatch> open = found;
    SortedSet<String> openSets = foundSets;
    while ((!open.isEmpty() || !openSets.isEmpty()) && clock.instant().isBefore(end)) {
      LockSupport.parkNanos(PAUSE.toNanos());
      if (!openSets.isEmpty()) {
        openSets = new TreeSet<>(openSets);
        openSets.retainAll(sets.apply(DiskFleet.read(directory, new CataloguedFacts())));
      }
      open = again(open);
    }
    List<Mismatch> lasting = open.stream().filter(this::isStill).toList();
    return new Result(lasting, openSets, open.size() - lasting.size());
  }

  private List<Mismatch> again(List<Mismatch> open) throws IOException {
    if (open.isEmpty()) {
      return open;
    }
    overrides.readAgain();
    Set<String> hosts = new TreeSet<>();
    open.forEach(
        mismatch -> {
          hosts.add(mismatch.pair().sourceHost());
          hosts.add(mismatch.pair().destinationHost());
        });
    DiskFleet fleet = DiskFleet.read(directory, hosts, new CataloguedFacts());
    hosts.forEach(host -> look(host, Optional.ofNullable(fleet.hosts().get(host))));
    List<Mismatch> still = new ArrayList<>();
    for (int from = 0; from < open.size(); from += VerifiedApi.MAX_PAIRS) {
      List<Mismatch> part = open.subList(from, Math.min(open.size(), from + VerifiedApi.MAX_PAIRS));
      List<Pair> pairs = part.stream().map(Mismatch::pair).toList();
      List<NaiveVerdict> answers = api.check(pairs);
      for (int i = 0; i < pairs.size(); i++) {
        compare(fleet, pairs.get(i), answers.get(i)).ifPresent(still::add);
      }
    }
    return still;
  }

  private void look(String host, Optional<DiskHost> now) {
    Seen before = seen.get(host);
    if (before == null || !before.host().equals(now)) {
      seen.put(host, new Seen(now, clock.instant()));
    }
  }

  /** Nothing where an endpoint is gone from disk: then it is the sets that must agree. */
  private Optional<Mismatch> compare(DiskFleet fleet, Pair pair, NaiveVerdict answer) {
    Optional<Endpoint> source = fleet.endpoint(pair.sourceHost(), pair.sourceEndpoint());
    Optional<Endpoint> destination =
        fleet.endpoint(pair.destinationHost(), pair.destinationEndpoint());
    if (source.isEmpty() || destination.isEmpty()) {
      return Optional.empty();
    }
    NaiveVerdict disk =
        expectations.verdict(
            source.get(),
            destination.get(),
            overrides.turnedOff(
                overrides.side(source.get(), pool(fleet, pair.sourceHost())),
                overrides.side(destination.get(), pool(fleet, pair.destinationHost()))));
    return disk.allows(answer) ? Optional.empty() : Optional.of(new Mismatch(pair, disk, answer));
  }

  private static Optional<String> pool(DiskFleet fleet, String host) {
    return Optional.ofNullable(fleet.hosts().get(host)).flatMap(DiskHost::pool);
  }

  private boolean isStill(Mismatch mismatch) {
    return isStill(mismatch.pair().sourceHost()) && isStill(mismatch.pair().destinationHost());
  }

  private boolean isStill(String host) {
    Seen last = seen.get(host);
    return last != null && !last.since().plus(STILL).isAfter(clock.instant());
  }
}
