package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.lookup.SourceRanking.Standing;
import io.fleetcompat.query.replica.CandidateKey;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.OrderedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/** Answers "which host can take all devices of this machine at once?". Any thread. */
public final class Machines {

  /** Most hosts that are looked at closely for one answer. */
  static final int MAX_EXAMINED = 20_000;

  /** Why hosts are left out, besides those of {@link Tally}. */
  static final String NOT_COMPATIBLE = "not-compatible";

  static final String NOT_EXAMINED = "not-examined";

  private static final int KEYS_PER_CHECK = 4096;

  private final PairVerdicts verdicts;
  private final Sightings sightings;

  public Machines(PairVerdicts verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * The question.
   *
   * @param scope the fleet, or one pool
   * @param candidates the only hosts that count; empty where all do
   * @param withStale also where the host, or that of a source, has fallen silent
   */
  public record Question(
      List<Place> sources,
      Membership scope,
      Optional<Collection<Host>> candidates,
      int limit,
      boolean withStale) {}

  /**
   * A host that takes all.
   *
   * @param chosen one destination for each source, in the order of the sources
   */
  public record Fit(Host host, List<Place> chosen) {}

  /**
   * What was found.
   *
   * @param fits the best of them, up to the limit
   * @param total how many fit
   * @param excluded the other hosts of the scope and the candidates, by reason, each counted once
   */
  public record Fits(List<Fit> fits, long total, SortedMap<String, Long> excluded) {
    /** Whether every host was looked at that could have been better. */
    public boolean complete() {
      return !excluded.containsKey(NOT_EXAMINED);
    }
  }

  /** Hosts of the scope, among the candidates where there are any; fewest burdens first. */
  public Fits find(IndexView view, Question question, Deadline deadline) {
    TreeMap<String, Long> excluded = new TreeMap<>();
    RoaringBitmap own = new RoaringBitmap();
    question.sources().forEach(source -> own.add(source.host().id()));
    RoaringBitmap hosts = possible(view, question, deadline);
    long all = question.scope().size();
    if (question.candidates().isPresent()) {
      RoaringBitmap those = inScope(question.candidates().get(), question.scope());
      all = those.getCardinality();
      own.and(those);
      hosts.and(those);
    }
    long ownHosts = own.stream().filter(question.scope()::has).count();
    hosts.andNot(own);
    add(excluded, Tally.OWN_HOST, ownHosts);
    add(excluded, NOT_COMPATIBLE, all - ownHosts - hosts.getCardinality());
    List<Fit> fits = fits(view, question, hosts, excluded, deadline);
    fits.sort(order(view, question.sources(), deadline));
    List<Fit> best = List.copyOf(fits.subList(0, Math.min(question.limit(), fits.size())));
    return new Fits(best, fits.size(), excluded);
  }

  private List<Fit> fits(
      IndexView view,
      Question question,
      RoaringBitmap hosts,
      SortedMap<String, Long> excluded,
      Deadline deadline) {
    List<Fit> fits = new ArrayList<>();
    boolean sourcesHeard = question.sources().stream().allMatch(s -> sightings.isFresh(s.host()));
    int examined = 0;
    for (PrimitiveIterator.OfInt ids = hosts.stream().iterator(); ids.hasNext(); examined++) {
      if (examined == MAX_EXAMINED) {
        add(excluded, NOT_EXAMINED, hosts.getCardinality() - examined);
        break;
      }
      deadline.check();
      Host host = view.fleet().host(ids.nextInt());
      boolean heard = sourcesHeard && sightings.isFresh(host);
      Optional<List<Place>> chosen =
          heard || question.withStale()
              ? Assignment.of(host, wishes(view, question.sources(), host))
              : Optional.empty();
      chosen.ifPresentOrElse(
          places -> fits.add(new Fit(host, places)),
          () ->
              add(
                  excluded,
                  heard || question.withStale() ? Tally.NO_CAPACITY : Tally.HOST_STALE,
                  1));
    }
    return fits;
  }

  private static void add(SortedMap<String, Long> excluded, String reason, long count) {
    if (count > 0) {
      excluded.merge(reason, count, Long::sum);
    }
  }

  private static RoaringBitmap inScope(Collection<Host> candidates, Membership scope) {
    RoaringBitmap those = new RoaringBitmap();
    candidates.stream().mapToInt(Host::id).filter(scope::has).forEach(those::add);
    return those;
  }

  /** Hosts that have a compatible profile for each source. */
  private RoaringBitmap possible(IndexView view, Question question, Deadline deadline) {
    List<RoaringBitmap> all = new ArrayList<>();
    for (int source : question.sources().stream().mapToInt(Place::slot).distinct().toArray()) {
      RoaringBitmap any = new RoaringBitmap();
      for (Group group : verdicts.ranking(view, source, deadline).groups()) {
        for (int slot : group.slots()) {
          Members members = question.scope().members(slot);
          if (members != null && group.standing().outcome() == Outcome.COMPATIBLE) {
            addHosts(members.fresh(), any, deadline);
            addHosts(members.quiet(), any, deadline);
          }
        }
      }
      all.add(any);
    }
    return FastAggregation.and(all.iterator());
  }

  private static void addHosts(OrderedKeys keys, RoaringBitmap hosts, Deadline deadline) {
    int added = 0;
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); added++) {
      if (added % KEYS_PER_CHECK == 0) {
        deadline.check();
      }
      hosts.add(CandidateKey.host(walk.next()));
    }
  }

  /** For each source the endpoints that it may take, best first. */
  private List<int[]> wishes(IndexView view, List<Place> sources, Host host) {
    List<int[]> wishes = new ArrayList<>();
    for (Place source : sources) {
      wishes.add(
          IntStream.range(0, host.placed().endpoints().size())
              .filter(i -> isCompatible(view, source, host, i))
              .boxed()
              .sorted(Comparator.comparing(i -> standing(view, source, host, i)))
              .mapToInt(Integer::intValue)
              .toArray());
    }
    return wishes;
  }

  private boolean isCompatible(IndexView view, Place source, Host host, int index) {
    Place place = Place.of(host, index);
    return Assignment.room(place) > 0
        && verdicts.of(view, source.slot(), place.slot()).outcome() == Outcome.COMPATIBLE;
  }

  private Standing standing(IndexView view, Place source, Host host, int index) {
    PairVerdict pair = verdicts.of(view, source.slot(), host.placed().endpoints().slot(index));
    return new Standing(pair.outcome(), pair.rank());
  }

  private Comparator<Fit> order(IndexView view, List<Place> sources, Deadline deadline) {
    Comparator<Fit> byRank =
        (a, b) -> {
          deadline.check();
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
