package io.fleetcompat.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.alerts.AlertRule.Bound;
import io.fleetcompat.alerts.AlertRule.Direction;
import io.fleetcompat.schemas.avro.PoolFinding;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Alert rules. */
class AlertRuleTest {

  private static AlertRule rule(Measure measure, Bound bound, String... pools) {
    return new AlertRule(
        "Rule",
        measure,
        CountedEndpoints.DEVICES,
        bound,
        Duration.ZERO,
        Duration.ZERO,
        "warning",
        new NamePatterns(List.of(pools)));
  }

  @Test
  void aBoundIsNotBeyondItself() {
    AlertRule low = rule(Measure.MOVABLE_PERCENT, new Bound(Direction.BELOW, 90, 95));
    assertThat(low.holds(Health.of("a", 90, 10), false)).isFalse();
    assertThat(low.holds(Health.of("a", 899, 101), false)).isTrue();
  }

  @Test
  void oncePassedItClearsAtAnother() {
    AlertRule low = rule(Measure.MOVABLE_PERCENT, new Bound(Direction.BELOW, 90, 95));
    assertThat(low.holds(Health.of("a", 949, 51), true)).isTrue();
    assertThat(low.holds(Health.of("a", 95, 5), true)).isFalse();
    AlertRule many = rule(Measure.STRANDED, new Bound(Direction.ABOVE, 10, 2));
    assertThat(many.holds(Health.of("a", 0, 10), false)).isFalse();
    assertThat(many.holds(Health.of("a", 0, 11), false)).isTrue();
    assertThat(many.holds(Health.of("a", 0, 3), true)).isTrue();
    assertThat(many.holds(Health.of("a", 0, 2), true)).isFalse();
  }

  @Test
  void aPartOfNothingIsNoNumber() {
    AlertRule low = rule(Measure.MOVABLE_PERCENT, new Bound(Direction.BELOW, 90, 90));
    assertThat(low.holds(Health.of("a", 0, 0), false)).isFalse();
    assertThat(low.holds(Health.of("a", 0, 1), false)).isTrue();
  }

  @Test
  void itIsAboutSomePoolsOnly() {
    AlertRule some = rule(Measure.STRANDED, new Bound(Direction.ABOVE, 0, 0), "gpu-*", "x.y");
    assertThat(some.holds(Health.of("gpu-a", 0, 1), false)).isTrue();
    assertThat(some.holds(Health.of("gpu", 0, 1), false)).isFalse();
    assertThat(some.holds(Health.of("a-gpu-b", 0, 1), false)).isFalse();
    assertThat(some.holds(Health.of("xzy", 0, 1), false)).isFalse();
    assertThat(some.holds(Health.of("x.y", 0, 1), false)).isTrue();
  }

  @Test
  void aPatternIsMatchedInTimeWhateverItLooksLike() {
    NamePatterns many = new NamePatterns(List.of("*a".repeat(100) + "*b"));
    assertThat(many.contains("a".repeat(4000))).isFalse();
    assertThat(many.contains("a".repeat(4000) + "b")).isTrue();
    assertThat(new NamePatterns(List.of("a*b*")).contains("a-b")).isTrue();
    assertThat(new NamePatterns(List.of("*")).contains("")).isTrue();
    assertThat(new NamePatterns(List.of("a*a")).contains("a")).isFalse();
    assertThat(new NamePatterns(List.of("*ab")).contains("aab")).isTrue();
  }

  @Test
  void findingsNameTheirHosts() {
    PoolHealthRecord health =
        Health.of("a", 1, 0, new PoolFinding("twin-host", 12, List.of("h1", "h2")));
    AlertRule twins = rule(Measure.TWIN_HOSTS, new Bound(Direction.ABOVE, 11, 11));
    assertThat(twins.holds(health, false)).isTrue();
    assertThat(AlertWords.summary(twins, health))
        .isEqualTo("two collectors use the name of 12 hosts of the pool 'a'");
    assertThat(AlertWords.description(twins, health)).endsWith("Hosts: h1, h2.");
    assertThat(Measure.STALE_HOSTS.in(health, CountedEndpoints.DEVICES))
        .isEqualTo(Optional.of(new Fraction(3, 1)));
  }

  @Test
  void everyMeasureHasWords() {
    for (Measure measure : Measure.values()) {
      AlertRule rule = rule(measure, new Bound(Direction.ABOVE, 1, 1));
      PoolHealthRecord health = Health.of("p".repeat(4000), 3, 4);
      assertThat(AlertWords.summary(rule, health)).as(measure.toString()).contains("p");
      assertThat(AlertWords.summary(rule, health).length()).isLessThan(400);
      assertThat(AlertWords.description(rule, health)).doesNotContain("null");
      assertThat(Measure.of(measure.toString())).contains(measure);
    }
  }

  @Test
  void whatClearsBeyondTheBoundIsRefused() {
    assertThatThrownBy(() -> new Bound(Direction.ABOVE, 1, 2))
        .hasMessage("expected clears-at not beyond the bound 1, found 2");
    assertThatThrownBy(() -> new Bound(Direction.BELOW, 90, 80))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
