package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.replica.IndexView;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verdicts on pairs of profiles of which both are in one pool, with what operators have turned
 * off there. Whether a pair is compatible is looked up once. One thread.
 */
public final class PoolPairs {

  private final ViewOverrides overrides;
  private final Optional<String> pool;
  private final PairVerdicts<?> verdicts;
  private final Map<Integer, Row> rows = new HashMap<>();

  /** The verdicts on a source that are known, by destination. */
  private record Row(BitSet asked, BitSet compatible, BitSet incompatible) {}

  public PoolPairs(ViewOverrides overrides, String pool, PairVerdicts<?> verdicts) {
    this.overrides = overrides;
    this.pool = Optional.of(pool);
    this.verdicts = verdicts;
  }

  /** True where a device of a source may go to a destination. */
  public boolean isCompatible(int source, int destination) {
    return row(source, destination).compatible().get(destination);
  }

  /** True where it is known that a device of a source must not go to a destination. */
  public boolean isIncompatible(int source, int destination) {
    return row(source, destination).incompatible().get(destination);
  }

  private Row row(int source, int destination) {
    Row row = rows.computeIfAbsent(source, _ -> new Row(new BitSet(), new BitSet(), new BitSet()));
    if (!row.asked().get(destination)) {
      row.asked().set(destination);
      switch (outcome(source, destination)) {
        case COMPATIBLE -> row.compatible().set(destination);
        case INCOMPATIBLE -> row.incompatible().set(destination);
        case UNKNOWN -> {}
      }
    }
    return row;
  }

  /** The outcome, looked up anew. */
  Outcome outcome(int source, int destination) {
    IndexView view = overrides.view();
    List<RuleOverride> concerning = overrides.find(source, pool, destination, pool);
    if (!concerning.isEmpty()) {
      return verdicts.judge(view, source, destination, concerning).verdict().outcome();
    }
    return switch (view.matrix().cell(source, destination)) {
      case COMPATIBLE -> Outcome.COMPATIBLE;
      case INCOMPATIBLE -> Outcome.INCOMPATIBLE;
      case UNKNOWN, NOT_INDEXED -> Outcome.UNKNOWN;
    };
  }

  /** The verdict with its reasons. */
  public Verdict verdict(int source, int destination) {
    List<RuleOverride> concerning = overrides.find(source, pool, destination, pool);
    return verdicts.judge(overrides.view(), source, destination, concerning).verdict();
  }
}
