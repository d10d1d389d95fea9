package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Rank;
import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import java.util.Optional;
import java.util.Set;

/**
 * A verdict of two profiles: what they are sorted by, and the form that answers have. Small, since
 * very many are kept. Immutable; any thread.
 *
 * @param reasons how many it has
 * @param missing how many of them say only that there was nothing to compare
 * @param overridden whether an operator has turned off what would be reasons
 * @param rank empty where the pair is not indexed
 * @param weight what it takes in memory, about, in bytes
 * @param <V> the form that answers have
 */
public record PairVerdict<V>(
    Outcome outcome,
    int reasons,
    int missing,
    boolean overridden,
    Optional<Rank> rank,
    V form,
    int weight) {

  /** The approximate memory that the objects around the form take, in bytes. */
  private static final int OVERHEAD = 160;

  private static final Set<RuleId> MISSING =
      Set.of(
          FixedRule.FACET_MISSING,
          FixedRule.NO_MIGRATION_INTERFACE,
          FixedRule.DEVICE_KIND,
          FixedRule.DRIVER_FAMILY);

  static <V> PairVerdict<V> of(Verdict verdict, Optional<Rank> rank, VerdictForm<V> forms) {
    V form = forms.of(verdict, rank);
    return new PairVerdict<>(
        verdict.outcome(),
        verdict.reasons().size(),
        (int) verdict.reasons().stream().filter(r -> MISSING.contains(r.rule())).count(),
        verdict.isOverridden(),
        rank,
        form,
        forms.weight(form) + OVERHEAD);
  }

  /** The outcome for hosts that have been heard of, or have not. */
  public Outcome outcome(boolean heard) {
    return heard || outcome == Outcome.INCOMPATIBLE ? outcome : Outcome.UNKNOWN;
  }
}
