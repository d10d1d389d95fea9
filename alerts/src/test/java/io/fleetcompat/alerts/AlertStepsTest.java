package io.fleetcompat.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.alerts.AlertRule.Bound;
import io.fleetcompat.alerts.AlertRule.Direction;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The states of alerts. */
class AlertStepsTest {

  private static final Instant START = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration FOR = Duration.ofMinutes(5);
  private static final Duration KEEP = Duration.ofMinutes(10);
  private static final AlertKey KEY = new AlertKey("Stranded", "a");
  private static final PoolHealthRecord WELL = Health.of("a", 10, 0);
  private static final PoolHealthRecord ILL = Health.of("a", 8, 2);

  private AlertSteps steps = steps(FOR, KEEP);
  private Optional<AlertRecord> alert = Optional.empty();

  private static AlertRule stranded(Duration holdFor, Duration keep) {
    return new AlertRule(
        "Stranded",
        Measure.STRANDED,
        CountedEndpoints.DEVICES,
        new Bound(Direction.ABOVE, 0, 0),
        holdFor,
        keep,
        "critical",
        NamePatterns.ALL);
  }

  private static AlertSteps steps(Duration holdFor, Duration keep, Silence... silences) {
    return new AlertSteps(new AlertRules(List.of(stranded(holdFor, keep)), List.of(silences)));
  }

  private static Instant at(long minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private AlertStepsTest after(long minutes, PoolHealthRecord health) {
    return after(minutes, Optional.of(health));
  }

  private AlertStepsTest after(long minutes, Optional<PoolHealthRecord> health) {
    alert = steps.next(KEY, alert, health, at(minutes));
    return this;
  }

  private void assertIs(AlertState state) {
    assertThat(alert.orElseThrow().getState()).isEqualTo(state);
  }

  @Test
  void itIsPendingThenFiringThenResolvedThenForgotten() {
    after(0, WELL);
    assertThat(alert).isEmpty();
    after(1, ILL).assertIs(AlertState.PENDING);
    after(5, ILL).assertIs(AlertState.PENDING);
    after(6, ILL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getSince()).isEqualTo(at(1));
    assertThat(alert.orElseThrow().getStartsAt()).isEqualTo(at(6));
    assertThat(alert.orElseThrow().getAnnounced()).isTrue();
    assertThat(alert.orElseThrow().getSummary())
        .isEqualTo("2 of 10 devices of the pool 'a' can move to no other host of it");
    after(20, WELL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getClearSince()).isEqualTo(at(20));
    assertThat(alert.orElseThrow().getSummary()).as("what it was about").startsWith("2 of 10");
    after(29, WELL).assertIs(AlertState.FIRING);
    after(30, WELL).assertIs(AlertState.RESOLVED);
    assertThat(alert.orElseThrow().getEndsAt()).isEqualTo(at(30));
    assertThat(alert.orElseThrow().getStartsAt()).isEqualTo(at(6));
    after(89, WELL).assertIs(AlertState.RESOLVED);
    after(90, WELL);
    assertThat(alert).isEmpty();
  }

  @Test
  void whatIsOverBeforeItFiresIsNothing() {
    after(0, ILL).after(4, WELL);
    assertThat(alert).isEmpty();
    after(5, ILL).after(9, ILL).assertIs(AlertState.PENDING);
  }

  @Test
  void aRollingUpgradeDoesNotFlap() {
    after(0, ILL).after(5, ILL).assertIs(AlertState.FIRING);
    for (int minute = 6; minute < 200; minute++) {
      after(minute, minute % 9 == 0 ? ILL : WELL).assertIs(AlertState.FIRING);
    }
    assertThat(alert.orElseThrow().getStartsAt()).isEqualTo(at(5));
  }

  @Test
  void aResolvedOneThatComesAgainIsAnother() {
    after(0, ILL).after(5, ILL).after(6, WELL).after(16, WELL).assertIs(AlertState.RESOLVED);
    after(20, ILL).assertIs(AlertState.PENDING);
    assertThat(alert.orElseThrow().getEndsAt()).isNull();
    assertThat(alert.orElseThrow().getAnnounced()).isFalse();
    after(25, ILL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getStartsAt()).isEqualTo(at(25));
  }

  @Test
  void withoutTimesItFiresAndIsResolvedAtOnce() {
    steps = steps(Duration.ZERO, Duration.ZERO);
    after(0, ILL).assertIs(AlertState.FIRING);
    after(1, WELL).assertIs(AlertState.RESOLVED);
  }

  @Test
  void hostsThatFallSilentEndNothing() {
    PoolHealthRecord silent = Health.withSilent("a", 8, ILL.getStale() + 1);
    after(0, ILL).after(5, ILL).after(6, silent).after(60, silent).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getClearSince()).isNull();
    after(61, WELL).after(71, WELL).assertIs(AlertState.RESOLVED);
  }

  @Test
  void whatIsPendingMustBeBeyondTheBoundItself() {
    AlertRule low =
        new AlertRule(
            "Stranded",
            Measure.MOVABLE_PERCENT,
            CountedEndpoints.DEVICES,
            new Bound(Direction.BELOW, 90, 95),
            FOR,
            Duration.ZERO,
            "critical",
            NamePatterns.ALL);
    steps = new AlertSteps(new AlertRules(List.of(low), List.of()));
    after(0, Health.of("a", 85, 15)).assertIs(AlertState.PENDING);
    after(1, Health.of("a", 92, 8));
    assertThat(alert).isEmpty();
    after(2, Health.of("a", 85, 15)).after(7, Health.of("a", 85, 15));
    after(8, Health.of("a", 92, 8)).assertIs(AlertState.FIRING);
    after(9, Health.of("a", 95, 5)).assertIs(AlertState.RESOLVED);
  }

  @Test
  void oneThatFiresKeepsItsSeverity() {
    after(0, ILL).after(5, ILL).assertIs(AlertState.FIRING);
    AlertRule rule = stranded(FOR, KEEP);
    AlertRule other =
        new AlertRule(
            rule.name(),
            rule.measure(),
            rule.of(),
            rule.bound(),
            rule.holdFor(),
            rule.keepFiringFor(),
            "warning",
            rule.pools());
    steps = new AlertSteps(new AlertRules(List.of(other), List.of()));
    after(6, ILL);
    assertThat(alert.orElseThrow().getSeverity()).isEqualTo("critical");
  }

  @Test
  void aPoolThatIsGoneResolvesIt() {
    after(0, ILL).after(5, ILL).after(6, Optional.empty()).assertIs(AlertState.FIRING);
    after(16, Optional.empty()).assertIs(AlertState.RESOLVED);
  }

  @Test
  void aRuleThatIsGoneResolvesItAtOnce() {
    after(0, ILL).after(5, ILL);
    steps = new AlertSteps(new AlertRules(List.of(), List.of()));
    after(6, ILL).assertIs(AlertState.RESOLVED);
  }

  private static Silence silence(long from, long until) {
    return new Silence(
        "patching", NamePatterns.ALL, NamePatterns.ALL, new Silence.Once(at(from), at(until)));
  }

  @Test
  void whatBeginsInASilenceIsAnnouncedWhenThatEnds() {
    steps = steps(FOR, KEEP, silence(0, 60));
    after(0, ILL).after(5, ILL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getAnnounced()).isFalse();
    assertThat(alert.orElseThrow().getSilence()).isEqualTo("patching");
    after(59, ILL);
    assertThat(alert.orElseThrow().getAnnounced()).isFalse();
    after(60, ILL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getAnnounced()).isTrue();
    assertThat(alert.orElseThrow().getSilence()).isNull();
  }

  @Test
  void whatIsOverWithinASilenceIsNeverAnnounced() {
    steps = steps(FOR, KEEP, silence(0, 60));
    after(0, ILL).after(5, ILL).after(55, WELL).after(61, WELL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getAnnounced()).isFalse();
    after(65, WELL).assertIs(AlertState.RESOLVED);
    assertThat(alert.orElseThrow().getAnnounced()).isFalse();
  }

  @Test
  void whatWasAnnouncedGoesOnThroughASilence() {
    steps = steps(FOR, KEEP, silence(10, 60));
    after(0, ILL).after(5, ILL).after(20, ILL).assertIs(AlertState.FIRING);
    assertThat(alert.orElseThrow().getAnnounced()).isTrue();
    after(21, WELL).after(31, WELL).assertIs(AlertState.RESOLVED);
    assertThat(alert.orElseThrow().getAnnounced()).as("its end is told, too").isTrue();
  }

  /** A record of it is always one that readers accept, and no state is left without its time. */
  @Test
  void whateverHappensEachRecordIsValidAndTimesHold() throws BadRecordException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    steps = steps(FOR, KEEP, silence(100, 200), silence(400, 900));
    Instant holdsSince = null;
    Instant clearSince = null;
    for (int minute = 0; minute < 5000; minute += 1 + random.nextInt(7)) {
      boolean ill = random.nextInt(12) < (minute / 100) % 12;
      Optional<AlertRecord> before = alert;
      after(minute, ill ? ILL : WELL);
      holdsSince = ill ? Optional.ofNullable(holdsSince).orElse(at(minute)) : null;
      clearSince = ill ? null : Optional.ofNullable(clearSince).orElse(at(minute));
      if (alert.isPresent()) {
        AlertRecord now = alert.get();
        assertThat(Codecs.ALERT.decode(Codecs.ALERT.encode(now))).isEqualTo(now);
        boolean fires = now.getState() == AlertState.FIRING;
        boolean fired = before.filter(was -> was.getState() == AlertState.FIRING).isPresent();
        if (fires && !fired) {
          assertThat(Duration.between(holdsSince, at(minute)))
              .as("seed %d minute %d", seed, minute)
              .isGreaterThanOrEqualTo(FOR);
        }
        if (fired && now.getState() == AlertState.RESOLVED) {
          assertThat(Duration.between(clearSince, at(minute)))
              .as("seed %d minute %d", seed, minute)
              .isGreaterThanOrEqualTo(KEEP);
        }
      }
    }
  }
}
