package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.ViewPool;
import io.fleetcompat.query.whatif.WhatIfResult.Missing;
import io.fleetcompat.query.whatif.WhatIfResult.Unknown;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pairs of profiles of which nobody would know after a change whether they are compatible, by
 * what is missing. Pairs of unlike profiles, and those that were unknown before and of which no
 * profile becomes that of more endpoints, do not count. One use, one thread.
 */
final class UnknownPairs {

  /** Most pairs whose reasons are looked at. */
  static final int MAX_EXPLAINED = 5000;

  /** Most reasons that are told. */
  static final int MAX_TOLD = 20;

  private final Deadline deadline;
  private final Map<Key, Count> counts = new HashMap<>();
  private long pairs;
  private long explained;

  /** All by which reasons are told apart. */
  private record Key(String rule, Optional<String> attribute, String detail) {}

  private static final class Count {
    private final Reason reason;
    private long pairs;

    Count(Reason reason) {
      this.reason = reason;
    }
  }

  UnknownPairs(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Adds the pairs of a pool.
   *
   * @param was the pool before the change
   * @param given the profiles that some endpoint would have instead of another: their pairs count
   *     even where they were unknown before
   */
  void add(ViewPool was, ViewPool pool, BitSet given) {
    BitSet slots = pool.slots();
    for (int source = slots.nextSetBit(0); source >= 0; source = slots.nextSetBit(source + 1)) {
      deadline.check();
      BitSet unknown = pool.unknown(source);
      BitSet before = was.unknown(source);
      for (int to = unknown.nextSetBit(0); to >= 0; to = unknown.nextSetBit(to + 1)) {
        int from = source;
        int destination = to;
        boolean counts = !before.get(destination) || given.get(from) || given.get(destination);
        if (counts && pool.likeness(from).isLike(pool.likeness(destination))) {
          add(pool, from, destination);
        }
      }
    }
  }

  private void add(ViewPool pool, int source, int destination) {
    pairs++;
    if (explained < MAX_EXPLAINED) {
      explained++;
      for (Reason reason : pool.verdict(source, destination).reasons()) {
        if (reason instanceof Reason.Unjudged) {
          counts.computeIfAbsent(
                  new Key(reason.rule().toString(), reason.attribute(), reason.detail()),
                  _ -> new Count(reason))
              .pairs++;
        }
      }
    }
  }

  Unknown found() {
    List<Missing> missing =
        counts.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<Key, Count>>comparingLong(each -> -each.getValue().pairs)
                    .thenComparing(each -> each.getKey().rule())
                    .thenComparing(each -> each.getKey().detail()))
            .map(each -> new Missing(each.getValue().reason, each.getValue().pairs))
            .toList();
    List<Missing> told = missing.stream().limit(MAX_TOLD).toList();
    return new Unknown(pairs, told, missing.size() - told.size(), pairs - explained);
  }
}
