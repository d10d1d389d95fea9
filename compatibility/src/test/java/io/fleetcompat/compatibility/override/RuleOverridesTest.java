package io.fleetcompat.compatibility.override;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.override.OverrideScope.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The overrides that count, and the pairs for which they do. */
class RuleOverridesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void bothSidesMustBeNamedByTheSameKind() {
    OverridesInForce driver = inForce(of("a", Kind.DRIVER, "x", "y"));
    assertThat(driver.find(side("p", "x", "l"), side("q", "y", "m"))).hasSize(1);
    assertThat(driver.find(side("q", "y", "m"), side("p", "x", "l"))).isEmpty();
    assertThat(driver.find(side("x", "z", "x"), side("y", "z", "y"))).isEmpty();
    assertThat(
            inForce(of("a", Kind.PROFILE, "p", "q")).find(side("p", "x", "l"), side("q", "x", "l")))
        .hasSize(1);
    OverridesInForce pool = inForce(of("a", Kind.POOL, "l", "m"));
    assertThat(pool.find(side("p", "x", "l"), side("q", "y", "m"))).hasSize(1);
    assertThat(pool.destinationPools(Optional.of("l"))).containsExactly("m");
    assertThat(pool.destinationPools(Optional.of("m"))).isEmpty();
    assertThat(pool.destinationPools(Optional.empty())).isEmpty();
  }

  @Test
  void aSideWithoutADriverOrAPoolIsSelectedByNone() {
    OverrideSide none = new OverrideSide("p", Optional.empty(), Optional.empty());
    assertThat(inForce(of("a", Kind.DRIVER, "", "")).find(none, none)).isEmpty();
    assertThat(inForce(of("a", Kind.POOL, "", "")).find(none, none)).isEmpty();
  }

  @Test
  void fromItsExpiryOnItDoesNotCountAndNoRecordIsNeeded() {
    RuleOverride ending = expiring("a", NOW.plusSeconds(10));
    RuleOverrides all = RuleOverrides.of(List.of(ending, of("b", Kind.DRIVER, "x", "y")));
    assertThat(ids(all.inForce(NOW))).containsExactly("a", "b");
    assertThat(ids(all.inForce(NOW.plusMillis(9_999)))).containsExactly("a", "b");
    assertThat(ids(all.inForce(NOW.plusSeconds(10)))).containsExactly("b");
    assertThat(all.state(ending, NOW.plusSeconds(10))).isEqualTo(OverrideState.EXPIRED);
    assertThat(ids(all.inForce(NOW))).as("a clock that was set back").containsExactly("a", "b");
  }

  @Test
  void theSameOnesAreTheSameObject() {
    RuleOverrides all = RuleOverrides.of(List.of(expiring("a", NOW.plusSeconds(10))));
    OverridesInForce first = all.inForce(NOW);
    assertThat(all.inForce(NOW.plusSeconds(5))).isSameAs(first);
    assertThat(all.inForce(NOW.plusSeconds(20))).isNotSameAs(first);
    assertThat(RuleOverrides.NONE.inForce(NOW)).isSameAs(OverridesInForce.NONE);
  }

  @Test
  void whatIsReplacedDoesNotCountEvenWhenTheOtherHasExpired() {
    RuleOverride old = of("old", Kind.DRIVER, "x", "y");
    RuleOverride young = replacing("young", "old", Optional.of(NOW.plusSeconds(10)));
    RuleOverrides all = RuleOverrides.of(List.of(old, young));
    assertThat(ids(all.inForce(NOW))).containsExactly("young");
    assertThat(all.state(old, NOW)).isEqualTo(OverrideState.REPLACED);
    assertThat(ids(all.inForce(NOW.plusSeconds(10)))).isEmpty();
  }

  @Test
  void noneOfACircleCountsAndWhatLeadsIntoItDoes() {
    RuleOverrides all =
        RuleOverrides.of(
            List.of(
                replacing("a", "b", Optional.empty()),
                replacing("b", "c", Optional.empty()),
                replacing("c", "b", Optional.empty()),
                replacing("self", "self", Optional.empty())));
    assertThat(ids(all.inForce(NOW))).containsExactly("a");
    assertThat(all.all().values())
        .filteredOn(each -> all.state(each, NOW) == OverrideState.CIRCULAR)
        .extracting(RuleOverride::id)
        .containsExactly("b", "c", "self");
  }

  @Test
  void ofTooManyTheFirstByIdCountInWhateverOrderTheyCame() {
    long seed = System.nanoTime();
    List<RuleOverride> many = new ArrayList<>();
    for (int i = 0; i <= RuleOverrides.MAX; i++) {
      many.add(of("o" + (10_000 + i), Kind.DRIVER, "x", "y"));
    }
    RuleOverride last = many.getLast();
    Collections.shuffle(many, new Random(seed));
    RuleOverrides all = RuleOverrides.of(many);
    assertThat(all.inForce(NOW).all()).as("seed " + seed).hasSize(RuleOverrides.MAX);
    assertThat(all.state(last, NOW)).as("seed " + seed).isEqualTo(OverrideState.BEYOND_LIMIT);
  }

  private static OverridesInForce inForce(RuleOverride one) {
    return RuleOverrides.of(List.of(one)).inForce(NOW);
  }

  private static List<String> ids(OverridesInForce overrides) {
    return overrides.all().stream().map(RuleOverride::id).toList();
  }

  private static OverrideSide side(String profile, String driver, String pool) {
    return new OverrideSide(profile, Optional.of(driver), Optional.of(pool));
  }

  private static RuleOverride of(String id, Kind kind, String source, String destination) {
    return new RuleOverride(
        id,
        "acme/level",
        new OverrideScope(kind, source, destination),
        "an.operator",
        "tried",
        NOW.minus(Duration.ofDays(1)),
        Optional.empty(),
        Optional.empty());
  }

  private static RuleOverride expiring(String id, Instant end) {
    return replacing(id, Optional.empty(), Optional.of(end));
  }

  private static RuleOverride replacing(String id, String other, Optional<Instant> end) {
    return replacing(id, Optional.of(other), end);
  }

  private static RuleOverride replacing(String id, Optional<String> other, Optional<Instant> end) {
    RuleOverride plain = of(id, Kind.DRIVER, "x", "y");
    return new RuleOverride(
        id,
        plain.rule(),
        plain.scope(),
        plain.author(),
        plain.reason(),
        plain.created(),
        end,
        other);
  }
}
