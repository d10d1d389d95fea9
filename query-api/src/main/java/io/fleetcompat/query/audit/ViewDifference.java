package io.fleetcompat.query.audit;

import io.fleetcompat.query.lookup.Deadline;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.ViewOverrides;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The difference of the index between two times, pool by pool. Pure data.
 *
 * @param ruleSetBefore by which the verdicts of before are
 * @param ruleSetAfter by which those of after are
 * @param pools those that differ, where most is lost first
 */
public record ViewDifference(
    Optional<String> ruleSetBefore, Optional<String> ruleSetAfter, List<PoolDifference> pools) {

  private static final Comparator<PoolDifference> WORST_FIRST =
      Comparator.<PoolDifference>comparingLong(
              pool -> pool.devices().strandedBefore() - pool.devices().strandedAfter())
          .thenComparingLong(pool -> pool.devices().pairsGained() - pool.devices().pairsLost())
          .thenComparingLong(pool -> pool.types().strandedBefore() - pool.types().strandedAfter())
          .thenComparing(PoolDifference::pool);

  public ViewDifference {
    pools = List.copyOf(pools);
  }

  /**
   * The difference between two snapshots of one replica, of times that are past.
   *
   * @param wanted the only pools that count; empty for all
   * @param countedAsLive hosts that count although they have fallen silent
   */
  public static ViewDifference between(
      Snapshot before,
      Snapshot after,
      Optional<List<String>> wanted,
      Set<String> countedAsLive,
      PairVerdicts<?> verdicts,
      Deadline deadline) {
    ViewOverrides then = ViewOverrides.of(before.view(), before.asOf());
    ViewOverrides now = ViewOverrides.of(after.view(), after.asOf());
    boolean judgesTheSame = judgesTheSame(then, now);
    List<PoolDifference> differing = new ArrayList<>();
    for (String pool : wanted.orElseGet(() -> pools(before.view(), after.view()))) {
      if (!judgesTheSame || !isTheSame(pool, before.view(), after.view())) {
        PoolDifference difference =
            PoolComparison.of(pool, then, now, countedAsLive, verdicts, deadline);
        if (!difference.isNone()) {
          differing.add(difference);
        }
      }
    }
    differing.sort(WORST_FIRST);
    return new ViewDifference(before.view().ruleSet(), after.view().ruleSet(), differing);
  }

  /** The same of some pools alone. */
  ViewDifference in(Set<String> some) {
    return new ViewDifference(
        ruleSetBefore,
        ruleSetAfter,
        pools.stream().filter(pool -> some.contains(pool.pool())).toList());
  }

  private static List<String> pools(IndexView before, IndexView after) {
    TreeSet<String> pools = new TreeSet<>();
    before.fleet().pools().forEach((name, _) -> pools.add(name));
    after.fleet().pools().forEach((name, _) -> pools.add(name));
    return List.copyOf(pools);
  }

  /** True where equal profiles have equal verdicts in both. */
  private static boolean judgesTheSame(ViewOverrides before, ViewOverrides after) {
    return before.view().matrix().judgement().equals(after.view().matrix().judgement())
        && before.view().matrix().drivers().equals(after.view().matrix().drivers())
        && before.inForce().all().equals(after.inForce().all());
  }

  @SuppressWarnings("ReferenceEquality") // members of whom none has changed are the same object
  private static boolean isTheSame(String pool, IndexView before, IndexView after) {
    return before.fleet().pools().get(pool) == after.fleet().pools().get(pool);
  }
}
