package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import java.util.function.Predicate;

/** The ways in which an endpoint counts in an answer where the rules do not leave it out. */
enum Offer {
  OFFERED,
  /** Its host has fallen silent, and such hosts are not asked for. */
  STALE,
  /** It has no room, or nobody tells, and only endpoints with room are asked for. */
  FULL,
  /** It is of the source's own host, and that host is not asked for; or it is the source. */
  OWN_HOST;

  /**
   * The way of an endpoint in the answer to a question.
   *
   * @param heard tells of a host that it has not fallen silent
   */
  static Offer of(IndexedEndpoint endpoint, DestinationsQuestion question, Predicate<Host> heard) {
    return question.leavesOut(endpoint) ? OWN_HOST : toOthers(endpoint, question, heard);
  }

  /** The same, were the source on another host. */
  static Offer toOthers(
      IndexedEndpoint endpoint, DestinationsQuestion question, Predicate<Host> heard) {
    if (!question.withStale() && !heard.test(endpoint.host())) {
      return STALE;
    }
    return question.onlyCapacity() && endpoint.room() <= 0 ? FULL : OFFERED;
  }
}
