package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.OverrideScope.Kind;
import io.fleetcompat.compatibility.override.OverrideSide;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.NaiveOverrides.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Both judges leave the same of a verdict where operators have turned rules off. */
class NaiveOverridesTest {

  private static final int PAIRS = 20_000;

  private static final Instant NOW = Instant.EPOCH.plusSeconds(1000);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void bothLeaveTheSameOfRandomPairsUnderRandomOverrides() {
    Judge judge = new Judge(Set.of());
    NaiveJudge naive = new NaiveJudge(Set.of());
    NastyEndpoints endpoints = new NastyEndpoints(random);
    int turnedOff = 0;
    for (int i = 0; i < PAIRS; i++) {
      Endpoint source = endpoints.next();
      Endpoint destination = random.nextInt(4) == 0 ? source : endpoints.next();
      Verdict base = judge.judge(Profile.of(source), Profile.of(destination));
      List<RuleOverride> overrides = overrides(base, source, destination);
      Optional<String> pool = Optional.of("p");
      Verdict left =
          OverridableRules.without(
              RuleOverrides.of(usable(overrides))
                  .inForce(NOW)
                  .find(
                      OverrideSide.of(Profile.of(source), pool),
                      OverrideSide.of(Profile.of(destination), pool)),
              base);
      NaiveVerdict expected =
          naive.judge(source, destination, naive(overrides, source, destination));
      if (expected.whole()) {
        assertSame("seed %d, pair %d".formatted(seed, i), expected, left);
      }
      turnedOff += left.isOverridden() ? 1 : 0;
    }
    assertThat(turnedOff).as("seed %d", seed).isPositive();
  }

  @Test
  void bothCountTheSameOfMoreThanMayCount() {
    Endpoint endpoint = new NastyEndpoints(random).next();
    OverrideScope scope = new OverrideScope(Kind.POOL, "p", "p");
    List<RuleOverride> many = new ArrayList<>();
    for (int i = 0; i < RuleOverrides.MAX + 3; i++) {
      Optional<String> replaced =
          random.nextInt(50) == 0 ? Optional.of("o" + (1000 + i - 1)) : Optional.empty();
      many.add(
          new RuleOverride(
              "o" + (1000 + i),
              "acme/r" + i,
              scope,
              "an.operator",
              "tried",
              Instant.EPOCH,
              Optional.empty(),
              replaced));
    }
    OverrideSide side = OverrideSide.of(Profile.of(endpoint), Optional.of("p"));
    Set<String> counting = new TreeSet<>();
    RuleOverrides.of(many).inForce(NOW).find(side, side).forEach(each -> counting.add(each.rule()));
    assertThat(naive(many, endpoint, endpoint)).as("seed %d", seed).isEqualTo(counting);
  }

  /** Of the rules that the pair fails, and of some others; half of them for other pairs. */
  private List<RuleOverride> overrides(Verdict base, Endpoint source, Endpoint destination) {
    List<String> rules = new ArrayList<>(List.of("software-version", "feature-bits", "vendor"));
    base.reasons().forEach(reason -> rules.add(reason.rule().toString()));
    List<RuleOverride> overrides = new ArrayList<>();
    for (String rule : rules) {
      overrides.add(
          new RuleOverride(
              "o" + overrides.size(),
              rule,
              scope(source, destination),
              "an.operator",
              "tried",
              Instant.EPOCH,
              Optional.of(NOW.plusSeconds(random.nextInt(4) - 1)),
              random.nextInt(4) == 0
                  ? Optional.of("o" + random.nextInt(rules.size()))
                  : Optional.empty()));
    }
    return overrides;
  }

  private OverrideScope scope(Endpoint source, Endpoint destination) {
    return switch (random.nextInt(4)) {
      case 0 -> new OverrideScope(Kind.POOL, "p", random.nextBoolean() ? "p" : "q");
      case 1 -> new OverrideScope(Kind.DRIVER, "i915", "i915");
      default ->
          new OverrideScope(
              Kind.PROFILE,
              Profile.of(source).fingerprint().toString(),
              Profile.of(random.nextInt(4) == 0 ? source : destination).fingerprint().toString());
    };
  }

  /** Whoever reads records lets no others in. */
  private static List<RuleOverride> usable(List<RuleOverride> overrides) {
    return overrides.stream().filter(each -> OverridableRules.isSpelledSo(each.rule())).toList();
  }

  private static Set<String> naive(
      List<RuleOverride> overrides, Endpoint source, Endpoint destination) {
    return new NaiveOverrides(
            overrides.stream()
                .map(
                    each ->
                        new NaiveOverrides.Statement(
                            each.id(),
                            each.rule(),
                            each.scope().kind().toString(),
                            each.scope().source(),
                            each.scope().destination(),
                            each.expires(),
                            each.replaces()))
                .toList())
        .turnedOff(side(source), side(destination), NOW);
  }

  private static Side side(Endpoint endpoint) {
    return new Side(Profile.of(endpoint).fingerprint().toString(), endpoint, Optional.of("p"));
  }

  /** Asserts that a verdict says what the naive judge expects, as far as overrides matter. */
  static void assertSame(String as, NaiveVerdict expected, Verdict left) {
    SortedSet<String> rules = new TreeSet<>();
    left.reasons().forEach(reason -> rules.add(reason.rule().toString()));
    SortedSet<String> overridden = new TreeSet<>();
    left.overridden().forEach(each -> overridden.add(each.reason().rule().toString()));
    assertThat(left.outcome().name()).as(as).isEqualTo(expected.outcome().name());
    assertThat(rules).as(as).isEqualTo(expected.rules());
    assertThat(overridden).as(as).isEqualTo(expected.overridden());
  }
}
