package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/** A search for the hosts that take all devices of a machine, host by host. One thread. */
final class MachineSearch {

  /** Most hosts that are looked at closely for one answer. */
  static final int MAX_EXAMINED = 20_000;

  /** A bit above all numbers of groups. */
  private static final long LAST = 1L << 62;

  private final IndexView view;
  private final List<SourceRanking> rankings;
  private final Sightings sightings;
  private final long now;
  private final boolean sourcesHeard;
  private final boolean withStale;
  private final Deadline deadline;
  private final List<HostFit> fits = new ArrayList<>();
  private final Map<Exclusion, Long> excluded = new HashMap<>();

  /**
   * @param rankings of the sources' profiles, in the order of the sources
   */
  MachineSearch(
      IndexView view,
      MachineQuestion question,
      List<SourceRanking> rankings,
      Sightings sightings,
      Deadline deadline) {
    this.view = view;
    this.rankings = rankings;
    this.sightings = sightings;
    this.now = sightings.now();
    this.sourcesHeard = question.sources().stream().allMatch(s -> sightings.isFresh(s.host(), now));
    this.withStale = question.withStale();
    this.deadline = deadline;
  }

  /** Looks at these hosts, up to {@link #MAX_EXAMINED}. */
  void lookAt(RoaringBitmap hosts) {
    int examined = 0;
    for (PrimitiveIterator.OfInt ids = hosts.stream().iterator(); ids.hasNext(); examined++) {
      if (examined == MAX_EXAMINED) {
        excluded.put(NotByRule.NOT_EXAMINED, (long) hosts.getCardinality() - examined);
        break;
      }
      lookAt(view.fleet().host(ids.nextInt()));
    }
    Collections.sort(fits);
  }

  private void lookAt(Host host) {
    boolean heard = sourcesHeard && sightings.isFresh(host, now);
    if (!heard && !withStale) {
      excluded.merge(Exclusion.HOST_STALE, 1L, Long::sum);
      return;
    }
    SharedRoom room = new SharedRoom(host, device -> sightings.use(host, device, now));
    Optional<SharedRoom.Fit> fit = room.fit(wishes(host, room), deadline::check);
    fit.ifPresentOrElse(
        found -> fits.add(HostFit.of(host, heard ? found : found.with(Doubt.HOST_STALE), rankings)),
        () -> excluded.merge(NotByRule.NO_CAPACITY, 1L, Long::sum));
  }

  /** The hosts that take all devices, best first. */
  List<HostFit> best() {
    return fits;
  }

  /** The other hosts that were to be looked at, by reason. */
  Map<Exclusion, Long> excluded() {
    return excluded;
  }

  /** The endpoints that each source may take, best first; those whose room nobody knows last. */
  private List<int[]> wishes(Host host, SharedRoom room) {
    Map<SourceRanking, int[]> byRanking = new HashMap<>();
    List<int[]> wishes = new ArrayList<>();
    for (SourceRanking ranking : rankings) {
      deadline.check();
      wishes.add(byRanking.computeIfAbsent(ranking, of -> wishes(of, host, room)));
    }
    return wishes;
  }

  private static int[] wishes(SourceRanking ranking, Host host, SharedRoom room) {
    EndpointTable endpoints = host.placed().endpoints();
    return IntStream.range(0, endpoints.size())
        .filter(
            i -> room.of(i) > 0 && ranking.outcome(endpoints.slot(i), host) == Outcome.COMPATIBLE)
        .mapToLong(
            i ->
                (room.doubt(i).isPresent() ? LAST : 0)
                    | ((long) ranking.group(endpoints.slot(i), host) << Integer.SIZE)
                    | i)
        .sorted()
        .mapToInt(key -> (int) key)
        .toArray();
  }
}
