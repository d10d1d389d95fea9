package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where rules put what they find: the same rules answer the cheap question (the outcome, no reason
 * is ever made) and the full one. One use, one thread.
 */
abstract sealed class Findings {

  private Outcome worst = Outcome.COMPATIBLE;

  void incompatible(Supplier<Reason> reason) {
    add(Outcome.INCOMPATIBLE, reason);
  }

  void unknown(Supplier<Reason> reason) {
    add(Outcome.UNKNOWN, reason);
  }

  Outcome outcome() {
    return worst;
  }

  private void add(Outcome outcome, Supplier<Reason> reason) {
    if (outcome.compareTo(worst) > 0) {
      worst = outcome;
    }
    keep(reason);
  }

  abstract void keep(Supplier<Reason> reason);

  /** Whether reasons are kept at all; else making them is in vain. */
  abstract boolean keepsReasons();

  /** Whether nothing that could still be found matters. */
  abstract boolean decided();

  /** Keeps the outcome alone. */
  static final class OutcomeOnly extends Findings {
    @Override
    void keep(Supplier<Reason> reason) {}

    @Override
    boolean keepsReasons() {
      return false;
    }

    @Override
    boolean decided() {
      return outcome() == Outcome.INCOMPATIBLE;
    }
  }

  /** Keeps every reason, in the order found. */
  static final class AllReasons extends Findings {
    private final List<Reason> reasons = new ArrayList<>();

    @Override
    void keep(Supplier<Reason> reason) {
      reasons.add(reason.get());
    }

    @Override
    boolean keepsReasons() {
      return true;
    }

    @Override
    boolean decided() {
      return false;
    }

    List<Reason> reasons() {
      return reasons;
    }
  }
}
