package io.fleetcompat.query.lookup;

import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEndpoints;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.PrimitiveIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The number of endpoints that a ranking offers within the fleet or a pool, and the number that it
 * leaves out, by reason. Both are the same for every source of the profile until somebody joins,
 * leaves or falls silent. Immutable.
 */
final class Tally {

  // Weak, since a tally must not keep a view's past alive.
  private final WeakReference<Membership> scope;
  private final WeakReference<RoaringBitmap> silent;
  private final boolean onlyCapacity;
  private final boolean withUnknown;
  private final boolean withStale;
  private final Counts counts;
  private final Map<Exclusion, Long> excluded;

  /** Endpoints that the rules would have, each counted once. */
  record Counts(long offered, long stale, long noCapacity) {

    static final Counts NONE = new Counts(0, 0, 0);
    private static final Counts OFFERED = new Counts(1, 0, 0);
    private static final Counts STALE = new Counts(0, 1, 0);
    private static final Counts FULL = new Counts(0, 0, 1);

    /** One endpoint; that of the source's own host is counted apart. */
    static Counts of(Offer offer) {
      return switch (offer) {
        case OFFERED -> OFFERED;
        case STALE -> STALE;
        case FULL -> FULL;
        case OWN_HOST -> NONE;
      };
    }

    Counts plus(Counts other) {
      return new Counts(
          offered + other.offered, stale + other.stale, noCapacity + other.noCapacity);
    }

    Counts minus(Counts other) {
      return new Counts(
          offered - other.offered, stale - other.stale, noCapacity - other.noCapacity);
    }

    long all() {
      return offered + stale + noCapacity;
    }
  }

  private Tally(
      DestinationsQuestion question,
      RoaringBitmap silent,
      Counts counts,
      Map<Exclusion, Long> excluded) {
    this.scope = new WeakReference<>(question.scope().members());
    this.silent = new WeakReference<>(silent);
    this.onlyCapacity = question.onlyCapacity();
    this.withUnknown = question.withUnknown();
    this.withStale = question.withStale();
    this.counts = counts;
    this.excluded = Collections.unmodifiableMap(excluded);
  }

  static Tally of(
      IndexView view,
      SourceRanking ranking,
      DestinationsQuestion question,
      RoaringBitmap silentHosts) {
    Map<Exclusion, Long> excluded = new HashMap<>();
    EndpointCounts counted = new EndpointCounts(view, ranking, question.scope());
    counted.addTo(excluded, ranking.excluded());
    if (question.withUnknown()) {
      long others = counted.of(ranking.unlike());
      if (others > 0) {
        excluded.put(NotByRule.OTHER_TYPE, others);
      }
    } else {
      counted.addTo(excluded, ranking.unknown());
    }
    Counts counts = Counts.NONE;
    for (Group group : ranking.groups(question)) {
      counts = counts.plus(of(view, ranking, question, group.slots()));
    }
    if (!question.withStale()) {
      counts = counts.plus(moved(view, ranking, question, silentHosts));
    }
    return new Tally(question, silentHosts, counts, excluded);
  }

  private static Counts of(
      IndexView view, SourceRanking ranking, DestinationsQuestion question, Slots slots) {
    Counts[] counts = {Counts.NONE};
    slots.forEach(
        view,
        question.scope(),
        ranking.elsewhere(),
        endpoints -> counts[0] = counts[0].plus(of(endpoints, question)),
        endpoints -> counts[0] = counts[0].minus(of(endpoints, question)));
    return counts[0];
  }

  private static Counts of(ProfileEndpoints endpoints, DestinationsQuestion question) {
    return heard(endpoints.placedFresh(), question).plus(quiet(endpoints.placedQuiet(), question));
  }

  private static Counts heard(OrderedKeys keys, DestinationsQuestion question) {
    int offered = offered(keys, question);
    return new Counts(offered, 0, keys.size() - offered);
  }

  private static Counts quiet(OrderedKeys keys, DestinationsQuestion question) {
    return question.withStale() ? heard(keys, question) : new Counts(0, keys.size(), 0);
  }

  /** Takes endpoints of hosts that have fallen silent from where they were counted to the stale. */
  private static Counts moved(
      IndexView view,
      SourceRanking ranking,
      DestinationsQuestion question,
      RoaringBitmap silentHosts) {
    Counts moved = Counts.NONE;
    for (PrimitiveIterator.OfInt ids = silentHosts.stream().iterator(); ids.hasNext(); ) {
      Host host = view.fleet().find(ids.nextInt());
      if (host != null && host.placed().isFresh() && question.scope().has(host)) {
        for (int i = 0; i < host.placed().endpoints().size(); i++) {
          int slot = host.placed().endpoints().slot(i);
          if (question.offers(ranking.outcome(slot, host))) {
            Offer before = Offer.toOthers(IndexedEndpoint.of(host, i), question, any -> true);
            moved = moved.minus(Counts.of(before)).plus(Counts.STALE);
          }
        }
      }
    }
    return moved;
  }

  /**
   * True where it counts exactly the endpoints that the question asks for. {@link SilentHosts}
   * gives the same object for the same hosts.
   */
  boolean isOf(DestinationsQuestion question, RoaringBitmap silentHosts) {
    return scope.refersTo(question.scope().members())
        && silent.refersTo(silentHosts)
        && onlyCapacity == question.onlyCapacity()
        && withUnknown == question.withUnknown()
        && withStale == question.withStale();
  }

  /** False where its scope is of the past, or other hosts are silent by now. */
  boolean mayBeAskedFor(RoaringBitmap silentHosts) {
    return !scope.refersTo(null) && silent.refersTo(silentHosts);
  }

  /** Endpoints that the rules would have, whichever host the source itself is on. */
  Counts counts() {
    return counts;
  }

  /** Endpoints that the rules leave out, by rule. */
  Map<Exclusion, Long> excluded() {
    return excluded;
  }

  /** The number of keys, from the first on, that are offered. */
  static int offered(OrderedKeys keys, DestinationsQuestion question) {
    return question.onlyCapacity()
        ? keys.first(key -> CandidateKey.capacityOrder(key) > CandidateKey.capacityOrder(1))
        : keys.size();
  }
}
