package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.OverrideSide;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.query.replica.Membership;
import io.fleetcompat.query.replica.ProfileEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The effect that one more override would have on the pairs of profiles of a view.
 *
 * @param pairs in its scope, as far as they were looked at
 * @param concerned those of which it would turn off a reason
 * @param becomeCompatible those that would be COMPATIBLE and are not now
 * @param complete false where there are more pairs than are looked at
 */
public record OverrideEffect(long pairs, long concerned, long becomeCompatible, boolean complete) {

  /** Most pairs that are judged for one answer: about a second's work. */
  static final int MAX_PAIRS = 100_000;

  /** The effect of an override that is not there yet. */
  public static OverrideEffect of(
      ViewOverrides overrides,
      PairVerdicts<?> verdicts,
      RuleOverride candidate,
      Deadline deadline) {
    IndexView view = overrides.view();
    OverrideScope scope = candidate.scope();
    List<ProfileEntry> destinations = selected(view, scope.kind(), scope.destination());
    long pairs = 0;
    long concerned = 0;
    long compatible = 0;
    for (ProfileEntry source : selected(view, scope.kind(), scope.source())) {
      for (ProfileEntry destination : destinations) {
        if (pairs == MAX_PAIRS) {
          return new OverrideEffect(pairs, concerned, compatible, false);
        }
        deadline.check();
        pairs++;
        Change change = change(overrides, verdicts, candidate, source, destination);
        concerned += change == Change.NONE ? 0 : 1;
        compatible += change == Change.COMPATIBLE ? 1 : 0;
      }
    }
    return new OverrideEffect(pairs, concerned, compatible, true);
  }

  private enum Change {
    NONE,
    REASONS,
    COMPATIBLE
  }

  private static Change change(
      ViewOverrides overrides,
      PairVerdicts<?> verdicts,
      RuleOverride candidate,
      ProfileEntry source,
      ProfileEntry destination) {
    Cell cell = overrides.view().matrix().cell(source.slot(), destination.slot());
    if (cell == Cell.COMPATIBLE || cell == Cell.NOT_INDEXED) {
      return Change.NONE;
    }
    OverrideScope scope = candidate.scope();
    boolean pools = scope.kind() == OverrideScope.Kind.POOL;
    List<RuleOverride> now =
        overrides.find(
            source.slot(),
            pools ? Optional.of(scope.source()) : Optional.empty(),
            destination.slot(),
            pools ? Optional.of(scope.destination()) : Optional.empty());
    List<RuleOverride> then = new ArrayList<>(now);
    then.add(candidate);
    Verdict before = verdict(overrides, verdicts, source, destination, now);
    Verdict after = verdict(overrides, verdicts, source, destination, then);
    if (after.outcome() == Outcome.COMPATIBLE && before.outcome() != Outcome.COMPATIBLE) {
      return Change.COMPATIBLE;
    }
    return after.overridden().size() > before.overridden().size() ? Change.REASONS : Change.NONE;
  }

  private static Verdict verdict(
      ViewOverrides overrides,
      PairVerdicts<?> verdicts,
      ProfileEntry source,
      ProfileEntry destination,
      List<RuleOverride> concerning) {
    return verdicts
        .judge(overrides.view(), source.slot(), destination.slot(), concerning)
        .verdict();
  }

  /** The profiles that a selector names. */
  private static List<ProfileEntry> selected(
      IndexView view, OverrideScope.Kind kind, String selector) {
    Optional<Membership> pool = Optional.ofNullable(view.fleet().pools().get(selector));
    List<ProfileEntry> selected = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      ProfileEntry entry = view.matrix().profile(slot);
      if (entry == null) {
        continue;
      }
      OverrideSide side = OverrideSide.of(entry.profile(), Optional.empty());
      boolean named =
          switch (kind) {
            case PROFILE -> side.profile().equals(selector);
            case DRIVER -> side.driver().equals(Optional.of(selector));
            case POOL -> pool.isPresent() && !pool.get().endpoints(slot).isEmpty();
          };
      if (named) {
        selected.add(entry);
      }
    }
    return selected;
  }
}
