package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.CandidateKey;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.OrderedKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** Answers "which host can take all devices of this machine at once?". Any thread. */
public final class Machines {

  /** Most hosts that are looked at closely for one answer. */
  static final int MAX_EXAMINED = 20_000;

  private final PairVerdicts verdicts;
  private final Sightings sightings;

  public Machines(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * A host that takes all.
   *
   * @param chosen one destination for each source, in the order of the sources
   */
  public record Fit(Host host, List<Place> chosen) {}

  /**
   * What was found.
   *
   * @param complete whether every host was looked at that could have been better
   */
  public record Fits(List<Fit> fits, boolean complete) {}

  /** Hosts of the scope, among the candidates where there are any; fewest burdens first. */
  public Fits find(
      IndexView view,
      List<Place> sources,
      Membership scope,
      Optional<Collection<Host>> candidates,
      int limit) {
    RoaringBitmap hosts = possible(view, sources, scope);
    candidates.ifPresent(
        those -> hosts.and(RoaringBitmap.bitmapOf(those.stream().mapToInt(Host::id).toArray())));
    sources.forEach(source -> hosts.remove(source.host().id()));
    List<Fit> fits = new ArrayList<>();
    PrimitiveIterator.OfInt ids = hosts.stream().iterator();
    int examined = 0;
    while (ids.hasNext() && examined++ < MAX_EXAMINED) {
      Host host = view.host(ids.nextInt());
      if (host != null && sightings.isFresh(host)) {
        choose(view, sources, host).ifPresent(chosen -> fits.add(new Fit(host, chosen)));
      }
    }
    fits.sort(order(view, sources));
    boolean complete = !ids.hasNext();
    return new Fits(List.copyOf(fits.subList(0, Math.min(limit, fits.size()))), complete);
  }

  /** Hosts that have a compatible profile for each source. */
  private RoaringBitmap possible(IndexView view, List<Place> sources, Membership scope) {
    List<RoaringBitmap> all = new ArrayList<>();
    for (int source : sources.stream().mapToInt(Place::slot).distinct().toArray()) {
      RoaringBitmap any = new RoaringBitmap();
      for (Group group : verdicts.ranking(view, source).groups()) {
        for (int slot : group.slots()) {
          Members members = scope.members(slot);
          if (members != null && group.standing().outcome() == Outcome.COMPATIBLE) {
            addHosts(members.fresh(), any);
          }
        }
      }
      all.add(any);
    }
    return FastAggregation.and(all.iterator());
  }

  private static void addHosts(OrderedKeys keys, RoaringBitmap hosts) {
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); ) {
      hosts.add(CandidateKey.host(walk.next()));
    }
  }

  /**
   * One endpoint for each source: a device is taken once, a type as often as it has capacity. The
   * search is exact: augmenting paths over what each source may take.
   */
  private Optional<List<Place>> choose(IndexView view, List<Place> sources, Host host) {
    int endpoints = host.placed().endpoints().size();
    List<int[]> wishes = new ArrayList<>();
    for (Place source : sources) {
      wishes.add(
          IntStream.range(0, endpoints)
              .filter(i -> isCompatible(view, source, host, i))
              .boxed()
              .sorted(Comparator.comparing(i -> standing(view, source, host, i)))
              .mapToInt(Integer::intValue)
              .toArray());
    }
    Map<Integer, List<Integer>> takers = new HashMap<>();
    for (int source = 0; source < sources.size(); source++) {
      if (!take(source, wishes, takers, host, new boolean[endpoints])) {
        return Optional.empty();
      }
    }
    Place[] chosen = new Place[sources.size()];
    takers.forEach((index, those) -> those.forEach(s -> chosen[s] = Place.of(host, index)));
    return Optional.of(Arrays.asList(chosen));
  }

  private static boolean take(
      int source,
      List<int[]> wishes,
      Map<Integer, List<Integer>> takers,
      Host host,
      boolean[] tried) {
    for (int index : wishes.get(source)) {
      if (tried[index]) {
        continue;
      }
      tried[index] = true;
      List<Integer> those = takers.computeIfAbsent(index, i -> new ArrayList<>());
      if (those.size() < room(Place.of(host, index))) {
        those.add(source);
        return true;
      }
      for (int i = 0; i < those.size(); i++) {
        if (take(those.get(i), wishes, takers, host, tried)) {
          those.set(i, source);
          return true;
        }
      }
    }
    return false;
  }

  private static int room(Place place) {
    return place.host().placed().endpoints().isType(place.index()) ? place.capacity() : 1;
  }

  private boolean isCompatible(IndexView view, Place source, Host host, int index) {
    Place place = Place.of(host, index);
    return room(place) > 0
        && verdicts.of(view, source.slot(), place.slot()).outcome() == Outcome.COMPATIBLE;
  }

  private SourceRanking.Standing standing(IndexView view, Place source, Host host, int index) {
    PairVerdict pair = verdicts.of(view, source.slot(), host.placed().endpoints().slot(index));
    return new SourceRanking.Standing(pair.outcome(), pair.rank());
  }

  private Comparator<Fit> order(IndexView view, List<Place> sources) {
    Comparator<Fit> byRank =
        (a, b) -> {
          for (int i = 0; i < sources.size(); i++) {
            Place source = sources.get(i);
            int order =
                standing(view, source, a.host(), a.chosen().get(i).index())
                    .compareTo(standing(view, source, b.host(), b.chosen().get(i).index()));
            if (order != 0) {
              return order;
            }
          }
          return 0;
        };
    return byRank
        .thenComparing(fit -> -fit.chosen().stream().mapToLong(Place::capacity).sum())
        .thenComparing(fit -> fit.host().name());
  }
}
