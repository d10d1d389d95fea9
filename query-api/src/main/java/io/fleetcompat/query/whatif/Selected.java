package io.fleetcompat.query.whatif;

import io.fleetcompat.query.audit.PoolDifference.Named;
import io.fleetcompat.query.replica.Host;
import java.util.List;
import java.util.function.Predicate;

/**
 * The hosts that a change is about. Pure data.
 *
 * @param silent those of them that have fallen silent: nobody knows what they have by now
 * @param withoutPool those of them that are in no pool: nothing is told of their pairs
 * @param judged those that are live and in a pool
 */
public record Selected(Named hosts, int silent, int withoutPool, int judged) {

  static Selected of(List<Host> hosts, Predicate<Host> isLive) {
    Predicate<Host> isInPool = host -> host.placed().pool().isPresent();
    return new Selected(
        named(hosts.stream().map(Host::name).toList()),
        count(hosts, isLive.negate()),
        count(hosts, isInPool.negate()),
        count(hosts, isLive.and(isInPool)));
  }

  private static int count(List<Host> hosts, Predicate<Host> which) {
    return (int) hosts.stream().filter(which).count();
  }

  /** The first of some names, and how many there are. */
  static Named named(List<String> names) {
    return new Named(names.size(), names.stream().limit(WhatIf.MOST_NAMED).toList());
  }
}
