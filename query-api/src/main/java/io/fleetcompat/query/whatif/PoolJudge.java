package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideSide;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.List;
import java.util.Optional;

/**
 * The rules in force on profiles of a pool, whether or not any host has them: with what drivers
 * answered, and without what operators have turned off there. Any thread.
 */
final class PoolJudge {

  private final Judge judge;
  private final ProbeAnswers drivers;
  private final OverridesInForce overrides;
  private final Optional<String> pool;

  PoolJudge(Judge judge, ProbeAnswers drivers, OverridesInForce overrides, String pool) {
    this.judge = judge;
    this.drivers = drivers;
    this.overrides = overrides;
    this.pool = Optional.of(pool);
  }

  boolean isCompatible(Profile source, Profile destination) {
    return judge.outcome(source, destination, drivers) == Outcome.COMPATIBLE
        || (!overrides.isEmpty() && verdict(source, destination).outcome() == Outcome.COMPATIBLE);
  }

  Verdict verdict(Profile source, Profile destination) {
    List<RuleOverride> concerning =
        overrides.isEmpty()
            ? List.of()
            : overrides.find(OverrideSide.of(source, pool), OverrideSide.of(destination, pool));
    return OverridableRules.without(concerning, judge.judge(source, destination, drivers));
  }
}
