package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.RulesInForce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work that is still to do on the matrices of all rule sets. The set that is configured is
 * judged beside the one that is in force, and comes into force when it lacks nothing: so a change
 * of rules leaves no gap. The one before is kept up for a while, for whoever does not know the new
 * rules, and then removed.
 *
 * <p>Threads: one stream thread; the counts are read by any.
 */
final class MatrixBacklog {

  /** Most rule sets that have rows at a time. Replicas take no more. */
  static final int MAX_SETS = 3;

  private static final Logger LOG = LoggerFactory.getLogger(MatrixBacklog.class);

  private final JudgeOptions options;
  private final Duration tickBudget;
  private final WantedRules wanted;
  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private final IndexerMetrics metrics;
  private final SupersededRows superseded;

  /** All profiles that have a number, for rule sets that are yet to begin. */
  private final TreeMap<Integer, Profile> profiles = new TreeMap<>();

  private final Map<RuleSetId, RuleMatrix> sets = new TreeMap<>();

  /** The sets that nobody needs, and since when; kept anew after a start. */
  private final Map<RuleSetId, Long> idleSince = new TreeMap<>();

  private final List<RuleMatrix> leaving = new ArrayList<>();
  private RuleSet rules;
  private RuleSetId configured;
  private Optional<RuleSetId> inForce;
  private volatile Counts counts = new Counts(0, 0);

  private record Counts(int generation, int ruleSets) {}

  /**
   * Takes up the stored rule sets.
   *
   * @param wanted the rules that are configured, now and later
   * @param tickBudget the longest that one tick may judge, but for one profile
   */
  MatrixBacklog(
      JudgeOptions options,
      WantedRules wanted,
      Duration tickBudget,
      JudgeStores stores,
      JudgeSinks sinks,
      IndexerMetrics metrics) {
    this.options = options;
    this.tickBudget = tickBudget;
    this.wanted = wanted;
    this.rules = wanted.now().rules();
    this.configured = RuleSetId.of(rules.toString());
    this.superseded = new SupersededRows(stores, sinks);
    this.stores = stores;
    this.sinks = sinks;
    this.metrics = metrics;
    stores
        .ruleSets()
        .forEach(
            record -> {
              RuleMatrix set = RuleMatrix.stored(record, stores, sinks, metrics);
              sets.put(set.id(), set);
            });
    this.inForce = stores.inForce().map(now -> RuleSetId.of(now.getRuleSet()));
    count();
  }

  /** Takes up the stored profiles. */
  void restore(SortedMap<Integer, Profile> stored) {
    profiles.putAll(stored);
    sets.values().forEach(set -> set.restore(stored));
  }

  /** A profile is to be judged; its number is greater than all before. */
  void add(int number, Profile profile) {
    profiles.put(number, profile);
    sets.values().forEach(set -> set.add(number, profile));
  }

  /** Forgets a profile and its rows. */
  void remove(int number, Fingerprint fingerprint) {
    profiles.remove(number);
    sets.values().forEach(set -> set.remove(number, fingerprint));
    leaving.forEach(set -> set.remove(number, fingerprint));
  }

  /**
   * Works for a while.
   *
   * @param next the number that the next new profile gets
   */
  void tick(int next, long now) {
    superseded.removeAll();
    leaving.removeIf(RuleMatrix::removeSome);
    begin(now);
    judge(next, now);
    count();
  }

  private void judge(int next, long now) {
    long end = System.nanoTime() + tickBudget.toNanos();
    for (RuleMatrix set : inOrder()) {
      boolean idle = set.isDone(next);
      if (!idle) {
        set.judge(end, next);
      }
      swap(set, next, now);
      if (!idle && System.nanoTime() > end) {
        return;
      }
    }
  }

  /** The set in force first, since it is what answers come from, then the one that is to be. */
  private List<RuleMatrix> inOrder() {
    return sets.values().stream()
        .sorted(
            Comparator.comparing((RuleMatrix set) -> !isInForce(set))
                .thenComparing(set -> !set.id().equals(configured))
                .thenComparing(RuleMatrix::since)
                .thenComparing(RuleMatrix::id))
        .toList();
  }

  private boolean isInForce(RuleMatrix set) {
    return inForce.equals(Optional.of(set.id()));
  }

  /** Begins the configured set where it is not there, once there is room for it. */
  private void begin(long now) {
    boolean stillLeaving = leaving.stream().anyMatch(set -> set.id().equals(configured));
    if (stillLeaving || sets.containsKey(configured) || sets.size() + leaving.size() >= MAX_SETS) {
      return;
    }
    RuleMatrix begun = RuleMatrix.begin(rules, now, stores, sinks, metrics);
    begun.restore(profiles);
    sets.put(configured, begun);
    LOG.info("the rules are now {}: judging {} profiles by them", rules, begun.unjudged());
    if (inForce.filter(sets::containsKey).isEmpty()) {
      putInForce(begun, now);
    }
  }

  /** The swap: one record, once all that is known is known by the new rules. */
  private void swap(RuleMatrix set, int next, long now) {
    if (set.id().equals(configured) && !isInForce(set) && set.isDone(next)) {
      String was = inForce.map(sets::get).map(RuleMatrix::ruleSet).orElse("removed");
      LOG.info("{} profiles are judged: in force is now {} (was {})", profiles.size(), set, was);
      putInForce(set, now);
    }
  }

  private void putInForce(RuleMatrix set, long now) {
    RulesInForce record = new RulesInForce(set.ruleSet(), Instant.ofEpochMilli(now));
    sinks
        .changes()
        .inForce(
            stores.storedInForce(),
            stores.inForce().map(RulesInForce::getRuleSet),
            record.getRuleSet());
    sinks.matrix(new MatrixKey.InForce(), stores.putInForce(record));
    inForce = Optional.of(set.id());
  }

  /**
   * Takes up other rules where the operator wants some since. Those that are no longer wanted
   * before they came into force have answered nobody, and make room at once.
   */
  void configure() {
    RuleSet now = wanted.now().rules();
    if (!now.equals(rules)) {
      RuleMatrix unwanted = sets.get(configured);
      if (unwanted != null && !isInForce(unwanted)) {
        sets.remove(configured);
        leaving.add(unwanted);
      }
      rules = now;
      configured = RuleSetId.of(now.toString());
    }
  }

  /** Takes leave of sets that were kept long enough, or that the configured one needs room of. */
  void collect(long now) {
    List<RuleMatrix> idle =
        sets.values().stream()
            .filter(set -> !isInForce(set) && !set.id().equals(configured))
            .sorted(Comparator.comparing(RuleMatrix::since).thenComparing(RuleMatrix::id))
            .toList();
    idleSince.keySet().retainAll(idle.stream().map(RuleMatrix::id).toList());
    for (RuleMatrix set : idle) {
      long since = idleSince.computeIfAbsent(set.id(), added -> now);
      boolean crowded = !sets.containsKey(configured) && sets.size() >= MAX_SETS;
      if (crowded || now - since >= options.keepPrevious().toMillis()) {
        LOG.info("the rows of the rules {} are removed", set);
        sets.remove(set.id());
        leaving.add(set);
      }
    }
  }

  /** True where a tick would do nothing. */
  boolean isDone(int next) {
    return !superseded.areThere()
        && leaving.isEmpty()
        && inForce.equals(Optional.of(configured))
        && sets.containsKey(configured)
        && sets.values().stream().allMatch(set -> set.isDone(next));
  }

  private void count() {
    int generation = inForce.map(sets::get).map(RuleMatrix::generation).orElse(0);
    counts = new Counts(generation, sets.size() + leaving.size());
  }

  /** The generation of the set that is in force. */
  int generation() {
    return counts.generation();
  }

  /** The number of rule sets that have rows. */
  int ruleSets() {
    return counts.ruleSets();
  }
}
