package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.OverridesInForce;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.profile.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Outcomes and verdicts of a pool agree, and what is turned off there is so there alone. */
class OverridingJudgeTest {

  private final Judge judge = new Judge(Set.of());

  private static Profile type(String version, String values) {
    return EndpointBuilder.type("t")
        .own("software_version", version)
        .own("device_api", "vfio-pci")
        .own("compatible_ids", values)
        .profile();
  }

  private static OverridesInForce inPool(String pool) {
    RuleOverride override =
        new RuleOverride(
            "one",
            "software-version",
            new OverrideScope(OverrideScope.Kind.POOL, pool, pool),
            "an.operator",
            "tried",
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty());
    return RuleOverrides.of(List.of(override)).inForce(Instant.EPOCH.plusSeconds(1));
  }

  private Outcome outcome(OverridesInForce overrides, Profile source, Profile destination) {
    OverridingJudge inPool = new OverridingJudge(judge, ProbeAnswers.NONE, overrides, "a");
    Outcome outcome = inPool.outcome(source, destination);
    assertThat(inPool.verdict(source, destination).outcome()).isEqualTo(outcome);
    return outcome;
  }

  @Test
  void whatIsTurnedOffInAPoolIsSoThereAlone() {
    Profile later = type("1.3", "a");
    Profile earlier = type("1.2", "a");
    assertThat(outcome(OverridesInForce.NONE, later, earlier)).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(outcome(inPool("b"), later, earlier)).isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(outcome(inPool("a"), later, earlier)).isEqualTo(Outcome.COMPATIBLE);
  }

  @Test
  void whatElseKeepsThemApartStays() {
    assertThat(outcome(inPool("a"), type("1.3", "a,b"), type("1.2", "a")))
        .isEqualTo(Outcome.INCOMPATIBLE);
    assertThat(outcome(inPool("a"), type("1.2", "a"), type("1.2", "a")))
        .isEqualTo(Outcome.COMPATIBLE);
  }
}
