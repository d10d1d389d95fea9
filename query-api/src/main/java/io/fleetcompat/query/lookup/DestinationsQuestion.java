package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import java.util.Optional;

/**
 * "Where may this device go?", with what the asker wants to see of the answer. Immutable.
 *
 * @param scope the fleet, or one pool
 * @param after where the page before ended
 * @param onlyCapacity only types of which an instance can be created now, and free devices
 * @param withUnknown also where it is not known
 * @param withStale also on hosts that have fallen silent
 * @param withOwnHost also on the source's own host
 */
public record DestinationsQuestion(
    IndexedEndpoint source,
    Scope scope,
    int limit,
    Optional<Cursor> after,
    boolean onlyCapacity,
    boolean withUnknown,
    boolean withStale,
    boolean withOwnHost) {

  /** True where destinations with this outcome are asked for. */
  boolean offers(Outcome outcome) {
    return outcome == Outcome.COMPATIBLE || (withUnknown && outcome == Outcome.UNKNOWN);
  }

  /**
   * True for the source itself, and for all endpoints of its host where that host is not asked for.
   */
  boolean leavesOut(IndexedEndpoint endpoint) {
    return endpoint.host().id() == source.host().id()
        && (!withOwnHost || endpoint.name().equals(source.name()));
  }
}
