package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.lookup.SourceRanking.Standing;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers "which host can take all devices of this machine at once?". Any thread.
 *
 * @param <V> the form that verdicts have in answers
 */
public final class Machines<V> {

  /** Most hosts that are looked at closely for one answer. */
  static final int MAX_EXAMINED = 20_000;

  /** The reasons for leaving out hosts, besides those of {@link Tally}. */
  static final String NOT_COMPATIBLE = "not-compatible";

  static final String NOT_EXAMINED = "not-examined";

  private static final int KEYS_PER_CHECK = 4096;

  private final PairVerdicts<V> verdicts;
  private final Sightings sightings;

  public Machines(PairVerdicts<V> verdicts, Sightings sightings) {
    this.verdicts = verdicts;
    this.sightings = sightings;
  }

  /**
   * The question.
   *
   * @param candidates names of the only hosts that count; empty where all do
   * @param withStale also where the host, or that of a source, has fallen silent
   */
  public record Question(
      List<IndexedEndpoint> sources,
      Scope scope,
      Optional<Collection<String>> candidates,
      int limit,
      boolean withStale) {}

  /** An endpoint that was chosen for a source, and what the rules say of it. */
  public record Chosen<V>(
      IndexedEndpoint source, IndexedEndpoint destination, PairVerdict<V> pair) {}

  /**
   * A host that takes all.
   *
   * @param chosen one destination for each source, in the order of the sources
   */
  public record Taker<V>(String host, List<Chosen<V>> chosen) {}

  /**
   * The result of a search.
   *
   * @param takers the best of them, up to the limit
   * @param total how many there are
   * @param excluded the other hosts of the scope and the candidates, by reason, each counted once
   * @param notIndexed candidates that the index does not have
   */
  public record Answer<V>(
      List<Taker<V>> takers,
      long total,
      SortedMap<String, Long> excluded,
      Collection<String> notIndexed) {
    /** True where the search looked at every host that could have been better. */
    public boolean complete() {
      return !excluded.containsKey(NOT_EXAMINED);
    }
  }

  /** A host with one endpoint for each source. */
  private record Fit(Host host, List<IndexedEndpoint> chosen) {}

  /** Hosts of the scope, among the candidates where there are any; fewest burdens first. */
  public Answer<V> find(IndexView view, Question question, Deadline deadline) {
    TreeMap<String, Long> excluded = new TreeMap<>();
    Set<String> notIndexed = new LinkedHashSet<>();
    RoaringBitmap own = new RoaringBitmap();
    question.sources().forEach(source -> own.add(source.host().id()));
    RoaringBitmap hosts = possible(view, question, deadline);
    long all = question.scope().size();
    if (question.candidates().isPresent()) {
      RoaringBitmap those =
          inScope(view, question.candidates().get(), question.scope(), notIndexed);
      all = those.getCardinality();
      own.and(those);
      hosts.and(those);
    }
    long ownHosts = own.stream().filter(id -> question.scope().has(view.fleet().host(id))).count();
    hosts.andNot(own);
    add(excluded, Tally.OWN_HOST, ownHosts);
    add(excluded, NOT_COMPATIBLE, all - ownHosts - hosts.getCardinality());
    List<Fit> fits = fits(view, question, hosts, excluded, deadline);
    fits.sort(order(view, question.sources(), deadline));
    List<Taker<V>> best =
        fits.stream().limit(question.limit()).map(fit -> taker(view, question, fit)).toList();
    return new Answer<>(best, fits.size(), excluded, notIndexed);
  }

  private Taker<V> taker(IndexView view, Question question, Fit fit) {
    List<Chosen<V>> chosen = new ArrayList<>();
    for (int i = 0; i < fit.chosen.size(); i++) {
      IndexedEndpoint source = question.sources().get(i);
      IndexedEndpoint to = fit.chosen.get(i);
      chosen.add(new Chosen<>(source, to, verdicts.of(view, source.slot(), to.slot())));
    }
    return new Taker<>(fit.host.name(), chosen);
  }

  private List<Fit> fits(
      IndexView view,
      Question question,
      RoaringBitmap hosts,
      SortedMap<String, Long> excluded,
      Deadline deadline) {
    List<Fit> fits = new ArrayList<>();
    long now = sightings.now();
    boolean sourcesHeard =
        question.sources().stream().allMatch(s -> sightings.isFresh(s.host(), now));
    int examined = 0;
    for (PrimitiveIterator.OfInt ids = hosts.stream().iterator(); ids.hasNext(); examined++) {
      if (examined == MAX_EXAMINED) {
        add(excluded, NOT_EXAMINED, hosts.getCardinality() - examined);
        break;
      }
      deadline.check();
      Host host = view.fleet().host(ids.nextInt());
      boolean heard = sourcesHeard && sightings.isFresh(host, now);
      Optional<List<IndexedEndpoint>> chosen =
          heard || question.withStale()
              ? Assignment.of(host, wishes(view, question.sources(), host))
              : Optional.empty();
      chosen.ifPresentOrElse(
          endpoints -> fits.add(new Fit(host, endpoints)),
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

  /** The candidates that are in the scope; those that the index does not have go to the last. */
  private static RoaringBitmap inScope(
      IndexView view, Collection<String> candidates, Scope scope, Set<String> notIndexed) {
    RoaringBitmap those = new RoaringBitmap();
    for (String name : candidates) {
      Host host = view.fleet().find(name);
      if (host == null) {
        notIndexed.add(name);
      } else if (scope.has(host)) {
        those.add(host.id());
      }
    }
    return those;
  }

  /** Hosts that have a compatible profile for each source. */
  private RoaringBitmap possible(IndexView view, Question question, Deadline deadline) {
    List<RoaringBitmap> all = new ArrayList<>();
    for (int source :
        question.sources().stream().mapToInt(IndexedEndpoint::slot).distinct().toArray()) {
      RoaringBitmap any = new RoaringBitmap();
      for (Group group : verdicts.ranking(view, source, deadline).groups()) {
        for (int slot : group.slots()) {
          Members members = question.scope().members().members(slot);
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
  private List<int[]> wishes(IndexView view, List<IndexedEndpoint> sources, Host host) {
    List<int[]> wishes = new ArrayList<>();
    for (IndexedEndpoint source : sources) {
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

  private boolean isCompatible(IndexView view, IndexedEndpoint source, Host host, int index) {
    IndexedEndpoint endpoint = IndexedEndpoint.of(host, index);
    return Assignment.room(endpoint) > 0
        && verdicts.of(view, source.slot(), endpoint.slot()).outcome() == Outcome.COMPATIBLE;
  }

  private Standing standing(IndexView view, IndexedEndpoint source, Host host, int index) {
    PairVerdict<V> pair = verdicts.of(view, source.slot(), host.placed().endpoints().slot(index));
    return new Standing(pair.outcome(), pair.rank());
  }

  private Comparator<Fit> order(IndexView view, List<IndexedEndpoint> sources, Deadline deadline) {
    Comparator<Fit> byRank =
        (a, b) -> {
          deadline.check();
          for (int i = 0; i < sources.size(); i++) {
            IndexedEndpoint source = sources.get(i);
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
        .thenComparing(fit -> -fit.chosen().stream().mapToLong(IndexedEndpoint::capacity).sum())
        .thenComparing(fit -> fit.host().name());
  }
}
