package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import io.fleetcompat.compatibility.judge.Verdict.DecidedBy;
import io.fleetcompat.compatibility.judge.Verdict.Obligation;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.judge.Verdict.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The results of the rules of one pair, heard one by one: the same rules answer the cheap question
 * (the outcome, no reason is ever made) and the full ones. One use, one thread.
 */
abstract sealed class Findings {

  private Outcome worst = Outcome.COMPATIBLE;
  private Optional<Supplier<Unjudged>> noneJudged = Optional.empty();

  /** A rule was judged and is satisfied. */
  abstract void satisfied(Supplier<Satisfied> rule);

  /** A rule was judged and is not satisfied. */
  final void failed(Supplier<Failed> reason) {
    worst = Outcome.INCOMPATIBLE;
    keep(reason);
  }

  /** A rule was judged and is not satisfied, for several reasons. */
  final void failedForAll(Supplier<List<Failed>> reasons) {
    worst = Outcome.INCOMPATIBLE;
    keepAll(reasons);
  }

  /** A rule could not be judged. */
  final void unjudged(Supplier<Unjudged> reason) {
    if (worst == Outcome.COMPATIBLE) {
      worst = Outcome.UNKNOWN;
    }
    keep(reason);
  }

  /** No rule of the pack that speaks was judged. */
  final void noneJudged(Supplier<Unjudged> reason) {
    noneJudged = Optional.of(reason);
  }

  /** The reason for that, which counts where no other does. */
  final Optional<Unjudged> noneJudged() {
    return noneJudged.map(Supplier::get);
  }

  /**
   * Everything was judged: that none of the pack's rules was is a reason, where nothing else is.
   */
  final void close() {
    if (worst == Outcome.COMPATIBLE) {
      noneJudged.ifPresent(this::unjudged);
    }
  }

  /**
   * A rule was judged, of which there are many: whoever judges it makes no words, nor anything that
   * might make them, unless {@link #wantsWords}.
   */
  final void found(Outcome outcome) {
    if (outcome.compareTo(worst) > 0) {
      worst = outcome;
    }
  }

  /** True where more than the outcome is asked for. */
  abstract boolean wantsWords();

  final Outcome outcome() {
    return worst;
  }

  /** A thing that would go wrong without being incompatible. */
  abstract void warned(Supplier<Warning> warning);

  /** A thing that whoever migrates must still set. */
  abstract void obliged(Supplier<Obligation> obligation);

  /** A pack speaks for a source that declares nothing itself. */
  abstract void decidedBy(Supplier<DecidedBy> pack);

  abstract void keep(Supplier<? extends Reason> reason);

  abstract void keepAll(Supplier<? extends List<? extends Reason>> found);

  /** True where nothing that could still be found matters. */
  abstract boolean decided();

  /** Keeps the outcome alone. */
  static final class OutcomeOnly extends Findings {

    @Override
    boolean wantsWords() {
      return false;
    }

    @Override
    void satisfied(Supplier<Satisfied> rule) {}

    @Override
    void warned(Supplier<Warning> warning) {}

    @Override
    void obliged(Supplier<Obligation> obligation) {}

    @Override
    void decidedBy(Supplier<DecidedBy> pack) {}

    @Override
    void keep(Supplier<? extends Reason> reason) {}

    @Override
    void keepAll(Supplier<? extends List<? extends Reason>> found) {}

    @Override
    boolean decided() {
      return outcome() == Outcome.INCOMPATIBLE;
    }
  }

  /** Keeps every reason, in the order found; and what is satisfied, where that is asked for. */
  static final class All extends Findings {
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Satisfied> satisfied = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Obligation> obligations = new ArrayList<>();
    private Optional<DecidedBy> decidedBy = Optional.empty();
    private final boolean keepsSatisfied;

    All(boolean keepsSatisfied) {
      this.keepsSatisfied = keepsSatisfied;
    }

    @Override
    boolean wantsWords() {
      return true;
    }

    @Override
    void satisfied(Supplier<Satisfied> rule) {
      if (keepsSatisfied) {
        satisfied.add(rule.get());
      }
    }

    @Override
    void warned(Supplier<Warning> warning) {
      warnings.add(warning.get());
    }

    @Override
    void obliged(Supplier<Obligation> obligation) {
      obligations.add(obligation.get());
    }

    @Override
    void decidedBy(Supplier<DecidedBy> pack) {
      decidedBy = Optional.of(pack.get());
    }

    @Override
    void keep(Supplier<? extends Reason> reason) {
      reasons.add(reason.get());
    }

    @Override
    void keepAll(Supplier<? extends List<? extends Reason>> found) {
      reasons.addAll(found.get());
    }

    @Override
    boolean decided() {
      return false;
    }

    List<Reason> reasons() {
      return reasons;
    }

    List<Satisfied> satisfied() {
      return satisfied;
    }

    List<Warning> warnings() {
      return warnings;
    }

    List<Obligation> obligations() {
      return obligations;
    }

    Optional<DecidedBy> decidedBy() {
      return decidedBy;
    }
  }
}
