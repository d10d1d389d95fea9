package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.OverrideScope.Kind;
import io.fleetcompat.compatibility.override.OverrideState;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.replica.IndexChange.OverrideMade;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The effect of one more override, and the list of those that are there. */
class OverrideEffectTest {

  private static final int PROFILES = 30;

  private final IndexedFleet fleet = new IndexedFleet(11, 5, PROFILES, 2);
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);

  private static RuleOverride override(String id, OverrideScope scope, Optional<Instant> expires) {
    return new RuleOverride(
        id,
        "software-version",
        scope,
        "an.operator",
        "tried",
        Instant.EPOCH.minusSeconds(1),
        expires,
        Optional.empty());
  }

  @Test
  void ofOnePairItIsWhatTheJudgeSaysOfIt() throws BadRecordException {
    IndexView view = FilledView.of(fleet).withHosts(6).view();
    for (Profile source : fleet.profiles().subList(0, 5)) {
      for (Profile destination : fleet.profiles()) {
        RuleOverride one =
            override(
                "o",
                new OverrideScope(
                    Kind.PROFILE,
                    source.fingerprint().toString(),
                    destination.fingerprint().toString()),
                Optional.empty());
        Verdict base = fleet.judge().judge(source, destination);
        Verdict without = OverridableRules.without(List.of(one), base);
        boolean becomes =
            base.outcome() != Outcome.COMPATIBLE && without.outcome() == Outcome.COMPATIBLE;
        assertThat(effect(view, one))
            .isEqualTo(
                new OverrideEffect(1, without.isOverridden() ? 1 : 0, becomes ? 1 : 0, true));
      }
    }
  }

  @Test
  void whatIsThereAlreadyIsNoEffectAndNobodysPoolHasNone() throws BadRecordException {
    RuleOverride pools =
        override("o", new OverrideScope(Kind.POOL, "pool-0", "pool-1"), Optional.empty());
    FilledView filled = FilledView.of(fleet).withHosts(12);
    OverrideEffect before = effect(filled.view(), pools);
    assertThat(before.becomeCompatible()).isPositive();
    assertThat(effect(filled.with(new OverrideMade(pools)).view(), pools))
        .isEqualTo(new OverrideEffect(before.pairs(), 0, 0, true));
    OverrideScope nobody = new OverrideScope(Kind.POOL, "pool-0", "no-pool");
    assertThat(effect(filled.view(), override("p", nobody, Optional.empty())).pairs()).isZero();
  }

  @Test
  void theListIsPagedAndSaysWhichCount() throws BadRecordException {
    FilledView filled = FilledView.of(fleet);
    OverrideScope scope = new OverrideScope(Kind.DRIVER, "a", "b");
    filled.with(new OverrideMade(override("a", scope, Optional.of(Instant.EPOCH))));
    filled.with(new OverrideMade(override("b", scope, Optional.empty())));
    filled.with(new OverrideMade(override("c", scope, Optional.empty())));
    IndexView view = filled.view();
    Overrides.Page first = Overrides.list(view, 0, "", 2);
    assertThat(first.overrides())
        .extracting(each -> each.override().id() + " " + each.state())
        .containsExactly("a expired", "b in-force");
    assertThat(first.total()).isEqualTo(3);
    assertThat(first.last()).hasValue("b");
    Overrides.Page second = Overrides.list(view, 0, "b", 2);
    assertThat(second.overrides()).hasSize(1);
    assertThat(second.last()).isEmpty();
    assertThat(Overrides.counts(view, 0))
        .containsOnlyKeys(OverrideState.IN_FORCE, OverrideState.EXPIRED);
  }

  @Test
  void theListSaysWhichNameARuleThatIsJudged() throws BadRecordException {
    FilledView filled = FilledView.of(fleet);
    OverrideScope scope = new OverrideScope(Kind.DRIVER, "a", "b");
    List<String> rules =
        List.of(
            "software-version",
            "nvidia-vfio/ecc-mode",
            "nvidia-vfio/ecc-mode-if-known",
            "no-pack/ecc-mode");
    for (String rule : rules) {
      filled.with(new OverrideMade(override("o" + rules.indexOf(rule), rule, scope)));
    }
    assertThat(Overrides.list(filled.view(), 0, "", 9).overrides())
        .extracting(Overrides.Listed::judged)
        .containsExactly(true, true, false, false);
  }

  private static RuleOverride override(String id, String rule, OverrideScope scope) {
    RuleOverride plain = override(id, scope, Optional.empty());
    return new RuleOverride(
        id,
        rule,
        scope,
        plain.author(),
        plain.reason(),
        plain.created(),
        plain.expires(),
        plain.replaces());
  }

  private OverrideEffect effect(IndexView view, RuleOverride candidate) {
    return OverrideEffect.of(ViewOverrides.of(view, 0), verdicts, candidate, Deadline.NONE);
  }
}
