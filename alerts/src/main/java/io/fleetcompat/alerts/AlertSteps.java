package io.fleetcompat.alerts;

import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The states of an alert: pending for as long as its rule says, then firing, then resolved, when
 * what the rule says has not held for some time. Whatever asks at whatever times, the states follow
 * from the health and the clock alone. Immutable.
 */
public final class AlertSteps {

  /** A resolved alert is forgotten after this: all receivers know by then. */
  public static final Duration RESOLVED_KEPT = Duration.ofHours(1);

  private final AlertRules rules;

  public AlertSteps(AlertRules rules) {
    this.rules = rules;
  }

  /** The names of all rules. */
  public List<String> names() {
    return rules.rules().stream().map(AlertRule::name).toList();
  }

  /**
   * The alert now; empty where there is none.
   *
   * @param before as it was when this was last asked
   * @param health of the pool; empty where no host is in it
   */
  public Optional<AlertRecord> next(
      AlertKey key, Optional<AlertRecord> before, Optional<PoolHealthRecord> health, Instant now) {
    Optional<AlertRule> rule = rules.rule(key.rule());
    boolean active = before.filter(alert -> alert.getState() != AlertState.RESOLVED).isPresent();
    boolean fires = before.filter(alert -> alert.getState() == AlertState.FIRING).isPresent();
    boolean holds =
        rule.isPresent() && health.filter(of -> rule.get().holds(of, fires)).isPresent();
    if (holds) {
      return Optional.of(holding(rule.get(), before.filter(_ -> active), health.get(), now));
    }
    if (fires && rule.isPresent() && isUncertain(rule.get(), before.get(), health)) {
      return before;
    }
    return before.flatMap(alert -> over(alert, rule, now));
  }

  /**
   * True where what the rule is about may only have fallen silent: endpoints of hosts that are not
   * heard of count no more, and nothing is over by that.
   */
  private static boolean isUncertain(
      AlertRule rule, AlertRecord alert, Optional<PoolHealthRecord> health) {
    return rule.measure().isOfLiveHosts()
        && health.filter(of -> silent(of) > alert.getSilentHosts()).isPresent();
  }

  private static int silent(PoolHealthRecord health) {
    return health.getStale() + health.getLost();
  }

  /** The time at which time alone may change it; empty where it does not. */
  public Optional<Instant> due(AlertRecord alert) {
    Optional<AlertRule> rule = rules.rule(alert.getRule());
    return switch (alert.getState()) {
      case PENDING -> rule.map(of -> alert.getSince().plus(of.holdFor()));
      case FIRING ->
          Optional.ofNullable(alert.getClearSince())
              .flatMap(clear -> rule.map(of -> clear.plus(of.keepFiringFor())));
      case RESOLVED -> Optional.of(alert.getEndsAt().plus(RESOLVED_KEPT));
    };
  }

  private AlertRecord holding(
      AlertRule rule, Optional<AlertRecord> active, PoolHealthRecord health, Instant now) {
    Instant since = active.map(AlertRecord::getSince).orElse(now);
    Optional<Instant> startsAt = startsAt(rule, active, since, now);
    Optional<String> silence = silence(rule.name(), health.getPool(), now);
    boolean announced =
        startsAt.isPresent()
            && (silence.isEmpty() || active.filter(AlertRecord::getAnnounced).isPresent());
    return new AlertRecord(
        rule.name(),
        health.getPool(),
        severity(rule, active),
        startsAt.isEmpty() ? AlertState.PENDING : AlertState.FIRING,
        since,
        startsAt.orElse(null),
        null,
        null,
        announced,
        silence.orElse(null),
        AlertWords.summary(rule, health),
        AlertWords.description(rule, health),
        rule.measure().hosts(health),
        silent(health));
  }

  /** An alert that fires keeps its severity: it is a part of its identity for receivers. */
  private static String severity(AlertRule rule, Optional<AlertRecord> active) {
    return active
        .filter(alert -> alert.getState() == AlertState.FIRING)
        .map(AlertRecord::getSeverity)
        .orElse(rule.severity());
  }

  private static Optional<Instant> startsAt(
      AlertRule rule, Optional<AlertRecord> active, Instant since, Instant now) {
    boolean due = !since.plus(rule.holdFor()).isAfter(now);
    return active.map(AlertRecord::getStartsAt).or(() -> due ? Optional.of(now) : Optional.empty());
  }

  private Optional<String> silence(String alert, String pool, Instant now) {
    return rules.silencesAt(now).stream()
        .filter(each -> each.isAbout(alert, pool))
        .map(Silence::comment)
        .findFirst();
  }

  /** The alert once its rule does not hold, or is there no more. */
  private Optional<AlertRecord> over(AlertRecord alert, Optional<AlertRule> rule, Instant now) {
    return switch (alert.getState()) {
      case PENDING -> Optional.empty();
      case RESOLVED ->
          Optional.of(alert)
              .filter(resolved -> resolved.getEndsAt().plus(RESOLVED_KEPT).isAfter(now));
      case FIRING -> {
        Instant clear = alert.getClearSince() == null ? now : alert.getClearSince();
        Duration keep = rule.map(AlertRule::keepFiringFor).orElse(Duration.ZERO);
        boolean resolved = !clear.plus(keep).isAfter(now);
        Optional<String> silence = silence(alert.getRule(), alert.getPool(), now);
        yield Optional.of(
            new AlertRecord(
                alert.getRule(),
                alert.getPool(),
                alert.getSeverity(),
                resolved ? AlertState.RESOLVED : AlertState.FIRING,
                alert.getSince(),
                alert.getStartsAt(),
                clear,
                resolved ? now : null,
                alert.getAnnounced(),
                silence.orElse(null),
                alert.getSummary(),
                alert.getDescription(),
                alert.getHosts(),
                alert.getSilentHosts()));
      }
    };
  }
}
