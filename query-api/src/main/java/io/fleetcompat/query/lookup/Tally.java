package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.Destinations.Question;
import io.fleetcompat.query.lookup.SourceRanking.Group;
import io.fleetcompat.query.replica.CandidateKey;
import io.fleetcompat.query.replica.Members;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.OrderedKeys;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many endpoints a ranking offers within the fleet or a pool, and how many it leaves out by
 * rule: the same for every source of the profile until somebody joins or leaves. Immutable.
 */
final class Tally {

  private final WeakReference<Membership> scope; // a tally must not keep a view's past alive
  private final boolean onlyCapacity;
  private final boolean withUnknown;
  private final boolean withStale;
  private final long total;
  private final SortedMap<String, Long> excluded;

  private Tally(Question question, long total, SortedMap<String, Long> excluded) {
    this.scope = new WeakReference<>(question.scope());
    this.onlyCapacity = question.onlyCapacity();
    this.withUnknown = question.withUnknown();
    this.withStale = question.withStale();
    this.total = total;
    this.excluded = Collections.unmodifiableSortedMap(excluded);
  }

  static Tally of(SourceRanking ranking, Question question) {
    TreeMap<String, Long> excluded = new TreeMap<>();
    count(question, ranking.excluded(), excluded);
    if (!question.withUnknown()) {
      count(question, ranking.unknown(), excluded);
    }
    long total = 0;
    long quiet = 0;
    for (Group group : ranking.groups()) {
      if (isOffered(group, question)) {
        for (int slot : group.slots()) {
          Members members = question.scope().members(slot);
          if (members != null) {
            total += offered(members.fresh(), question);
            total += question.withStale() ? offered(members.quiet(), question) : 0;
            quiet += members.quiet().size();
          }
        }
      }
    }
    if (quiet > 0 && !question.withStale()) {
      excluded.put("host-stale", quiet);
    }
    return new Tally(question, total, excluded);
  }

  /** Whether it counts what the question asks for. */
  boolean isOf(Question question) {
    return scope.refersTo(question.scope())
        && onlyCapacity == question.onlyCapacity()
        && withUnknown == question.withUnknown()
        && withStale == question.withStale();
  }

  /** Endpoints that are offered, whichever host the source itself is on. */
  long total() {
    return total;
  }

  /** Endpoints that are left out, by rule. */
  SortedMap<String, Long> excluded() {
    return excluded;
  }

  static boolean isOffered(Group group, Question question) {
    return question.withUnknown() || group.standing().outcome() == Outcome.COMPATIBLE;
  }

  /** How many of them, from the first on, are offered. */
  static int offered(OrderedKeys keys, Question question) {
    return question.onlyCapacity()
        ? keys.first(key -> CandidateKey.capacityOrder(key) > CandidateKey.capacityOrder(1))
        : keys.size();
  }

  private static void count(Question question, Map<String, int[]> slots, Map<String, Long> counts) {
    slots.forEach(
        (rule, those) -> {
          long endpoints = 0;
          for (int slot : those) {
            Members members = question.scope().members(slot);
            endpoints += members == null ? 0 : members.endpoints();
          }
          if (endpoints > 0) {
            counts.merge(rule, endpoints, Long::sum);
          }
        });
  }
}
