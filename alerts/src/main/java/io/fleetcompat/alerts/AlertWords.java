package io.fleetcompat.alerts;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.avro.PoolBlocker;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolMovability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sentences of an alert: what is so, and why. */
final class AlertWords {

  /** Longest name of a pool in a sentence; the label has the whole of it. */
  private static final int NAME = 128;

  private AlertWords() {}

  static String summary(AlertRule rule, PoolHealthRecord health) {
    String pool = Quoted.of(health.getPool(), NAME);
    PoolMovability counted = rule.of().in(health);
    long number = rule.measure().in(health, rule.of()).map(Fraction::numerator).orElse(0L);
    return switch (rule.measure()) {
      case MOVABLE_PERCENT ->
          "of %d %s of the pool %s, %d can move to another host of it (expected %s %d %%)"
              .formatted(
                  counted.getEndpoints(),
                  rule.of(),
                  pool,
                  counted.getMovable(),
                  rule.bound().direction() == AlertRule.Direction.BELOW ? "at least" : "at most",
                  rule.bound().at());
      case STRANDED ->
          "%d of %d %s of the pool %s can move to no other host of it"
              .formatted(number, counted.getEndpoints(), rule.of(), pool);
      case UNKNOWN ->
          "of %d of %d %s of the pool %s nobody knows whether they can move"
              .formatted(number, counted.getEndpoints(), rule.of(), pool);
      case FULL ->
          "%d of %d %s of the pool %s have destinations without room only"
              .formatted(number, counted.getEndpoints(), rule.of(), pool);
      case ONE_WAY_PAIRS ->
          "the pool %s has %d pairs of profiles that go one way only: what went there cannot come back"
              .formatted(pool, number);
      case SPLIT_FAMILIES ->
          "the pool %s has split: the devices of %d kinds fall into groups that cannot reach each other"
              .formatted(pool, number);
      case LIVE_HOSTS -> "the pool %s has %d live hosts".formatted(pool, number);
      case STALE_HOSTS ->
          "%d hosts of the pool %s are not heard of; it has %d live ones"
              .formatted(number, pool, health.getFresh());
      case TWIN_HOSTS ->
          "two collectors use the name of %d hosts of the pool %s".formatted(number, pool);
      case CONFLICTING_DOCUMENTS ->
          "somebody else writes under the name of %d hosts of the pool %s".formatted(number, pool);
      case FALSE_SPEAKERS ->
          "records came under the name of %d hosts of the pool %s that they have not sent"
              .formatted(number, pool);
      case PROBE_CONFLICTS ->
          "drivers of the pool %s disagree about %d questions".formatted(pool, number);
      case DECLARED_NOT_OBSERVED ->
          "%d devices of the pool %s are declared the contrary of what their driver shows"
              .formatted(number, pool);
    };
  }

  static String description(AlertRule rule, PoolHealthRecord health) {
    List<String> sentences = new ArrayList<>();
    switch (rule.measure()) {
      case MOVABLE_PERCENT, STRANDED, UNKNOWN ->
          worst(rule.of(), health).map(AlertWords::blocker).ifPresent(sentences::add);
      case FULL -> sentences.add("Nothing can be created where they could go.");
      case ONE_WAY_PAIRS, SPLIT_FAMILIES ->
          health.getBlockers().stream()
              .findFirst()
              .map(AlertWords::blocker)
              .ifPresent(sentences::add);
      case LIVE_HOSTS, STALE_HOSTS ->
          sentences.add("What they have is unknown until their collectors are heard again.");
      case TWIN_HOSTS ->
          sentences.add(
              "The answers about them are those of the collector that was started last. Give one of"
                  + " each two another name (setting host), and start the other collector again.");
      case CONFLICTING_DOCUMENTS ->
          sentences.add(
              "Two documents with one version were sent under their names. They are not live until"
                  + " they send a newer one; find out who else may write to the topic of"
                  + " inventories.");
      case FALSE_SPEAKERS ->
          sentences.add(
              "They lack the mark of the host's key, or are old ones sent again, and count for"
                  + " nothing: a collector without its key, or somebody who should not write"
                  + " there.");
      case PROBE_CONFLICTS ->
          sentences.add(
              "Drivers of one class gave different answers; pairs that depend on them are"
                  + " UNKNOWN.");
      case DECLARED_NOT_OBSERVED ->
          sentences.add("Mend the label or fact live_migratable, or the driver.");
    }
    List<String> hosts = rule.measure().hosts(health);
    if (!hosts.isEmpty()) {
      String more = hosts.size() == Limits.POOL_FINDING_HOSTS ? ", perhaps others" : "";
      sentences.add("Hosts: " + String.join(", ", hosts) + more + ".");
    }
    return String.join(" ", sentences);
  }

  /** The reason that keeps most of what is counted from their destinations. */
  private static Optional<PoolBlocker> worst(CountedEndpoints of, PoolHealthRecord health) {
    return health.getBlockers().stream()
        .filter(each -> freed(of, each) > 0)
        .findFirst()
        .or(() -> health.getBlockers().stream().findFirst());
  }

  private static int freed(CountedEndpoints of, PoolBlocker blocker) {
    return of == CountedEndpoints.DEVICES ? blocker.getFreesDevices() : blocker.getFreesTypes();
  }

  private static String blocker(PoolBlocker blocker) {
    return "Most of all by the rule %s: %s. Without it, %d devices and %d types more could move."
        .formatted(
            blocker.getRule(),
            blocker.getDetail(),
            blocker.getFreesDevices(),
            blocker.getFreesTypes());
  }
}
