package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideSide;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;

/**
 * The rules in force on pairs of profiles of one pool, whether or not any host has them: with what
 * drivers answered, and without what operators have turned off there. As many threads as the
 * answers of drivers allow.
 */
public final class OverridingJudge {

  private final Judge judge;
  private final ProbeAnswers drivers;
  private final OverridesInForce overrides;
  private final Optional<String> pool;

  /**
   * @param overrides those that count
   */
  public OverridingJudge(
      Judge judge, ProbeAnswers drivers, OverridesInForce overrides, String pool) {
    this.judge = judge;
    this.drivers = drivers;
    this.overrides = overrides;
    this.pool = Optional.of(pool);
  }

  /** The outcome of {@link #verdict}; less work where no override matters. */
  public Outcome outcome(Profile source, Profile destination) {
    Outcome plain = judge.outcome(source, destination, drivers);
    return plain == Outcome.COMPATIBLE || concerning(source, destination).isEmpty()
        ? plain
        : verdict(source, destination).outcome();
  }

  /** The verdict without what has been turned off. */
  public Verdict verdict(Profile source, Profile destination) {
    return OverridableRules.without(
        concerning(source, destination), judge.judge(source, destination, drivers));
  }

  private List<RuleOverride> concerning(Profile source, Profile destination) {
    return overrides.isEmpty()
        ? List.of()
        : overrides.find(OverrideSide.of(source, pool), OverrideSide.of(destination, pool));
  }
}
