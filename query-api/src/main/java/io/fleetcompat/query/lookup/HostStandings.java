package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.replica.EndpointTable;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.keys.CandidateKey;

/**
 * The outcomes of checks of one source against whole hosts, read from its ranking: many hosts at
 * little cost. For one thread.
 */
final class HostStandings {

  /** The stand-in for the best endpoint of a host that has none with room. */
  static final long NONE = Long.MAX_VALUE;

  /** Likewise where only a device that exists may have room: nobody tells whether it is in use. */
  static final long DOUBTFUL = NONE - 1;

  private static final int CAPACITY_BITS = 22;
  private static final byte SHOWN = 1;
  private static final byte NOT_SHOWN = 2;

  private final SourceRanking ranking;
  private final Sightings sightings;
  private final long now;
  private final CandidateFilter filter;
  private final int compatible;

  /** By slot: whether an endpoint that is INCOMPATIBLE is worth showing; 0 where not asked yet. */
  private final byte[] shown;

  /**
   * @param source the slot of the source's profile
   * @param now for which devices are in use
   */
  HostStandings(IndexView view, SourceRanking ranking, int source, Sightings sightings, long now) {
    this.ranking = ranking;
    this.sightings = sightings;
    this.now = now;
    this.filter = new CandidateFilter(view, source);
    this.compatible = ranking.compatible().size();
    this.shown = new byte[view.matrix().slots()];
  }

  /**
   * The outcome of a check against a host that is heard of, another than the source's own: that of
   * its best endpoint, or of what it offers instead.
   */
  Outcome outcome(Host host) {
    EndpointTable endpoints = host.placed().endpoints();
    int best = Integer.MAX_VALUE;
    for (int i = 0; i < endpoints.size(); i++) {
      int group = ranking.group(endpoints.slot(i), host);
      if (group != SourceRanking.NO_GROUP && group < best) {
        best = group;
      }
    }
    if (best == Integer.MAX_VALUE) {
      return withoutCandidate(host);
    }
    return best < compatible ? Outcome.COMPATIBLE : Outcome.UNKNOWN;
  }

  private Outcome withoutCandidate(Host host) {
    EndpointTable endpoints = host.placed().endpoints();
    for (int i = 0; i < endpoints.size(); i++) {
      if (isShown(endpoints.slot(i))) {
        return Outcome.INCOMPATIBLE;
      }
    }
    return NotOffered.outcome(filter, host);
  }

  private boolean isShown(int slot) {
    if (shown[slot] == 0) {
      shown[slot] = filter.admits(Outcome.INCOMPATIBLE, slot) ? SHOWN : NOT_SHOWN;
    }
    return shown[slot] == SHOWN;
  }

  /**
   * The best endpoint of a host that has room for the source: its group, then its capacity; less is
   * better. {@link #NONE} where there is none, {@link #DOUBTFUL} where nobody knows.
   */
  long best(Host host) {
    EndpointTable endpoints = host.placed().endpoints();
    long best = NONE;
    for (int i = 0; i < endpoints.size(); i++) {
      int group = ranking.group(endpoints.slot(i), host);
      boolean better =
          group != SourceRanking.NO_GROUP
              && group < compatible
              && ((long) group << CAPACITY_BITS) < best;
      if (better) {
        best = Math.min(best, room(host, i, group));
      }
    }
    return best;
  }

  private long room(Host host, int endpoint, int group) {
    String name = host.placed().endpoints().name(endpoint);
    if (!host.placed().endpoints().isType(endpoint)) {
      return switch (sightings.use(host, name, now)) {
        case FREE ->
            ((long) group << CAPACITY_BITS) | CandidateKey.capacityOrder(CandidateKey.NO_CAPACITY);
        case IN_USE -> NONE;
        case UNKNOWN -> DOUBTFUL;
      };
    }
    int capacity = host.capacities().of(name);
    if (capacity == CandidateKey.NO_CAPACITY) {
      return DOUBTFUL;
    }
    return capacity > 0
        ? ((long) group << CAPACITY_BITS) | CandidateKey.capacityOrder(capacity)
        : NONE;
  }
}
