package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.PackFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work that is still to do on the matrix, in order of profile number. A profile without a
 * stored row is one that has not been judged: so whatever a crash leaves is found again.
 *
 * <p>Threads: one stream thread; the generation is read by any.
 */
final class MatrixBacklog {

  /**
   * The longest that one tick may judge: the task must commit, and answer the group, in between.
   */
  private static final Duration TICK_BUDGET = Duration.ofMillis(100);

  private static final Logger LOG = LoggerFactory.getLogger(MatrixBacklog.class);

  private final Judge judge;
  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private final IndexerMetrics metrics;
  private final Matrix matrix;
  private final TreeMap<Integer, Profile> unjudged = new TreeMap<>();
  private boolean otherRules;
  private Optional<MatrixGeneration> published;
  private volatile int generation;

  /** Takes up the stored generation. Rows of other rules are not believed. */
  MatrixBacklog(RuleSet rules, JudgeStores stores, JudgeSinks sinks, IndexerMetrics metrics) {
    this.judge = new Judge(rules);
    this.stores = stores;
    this.sinks = sinks;
    this.metrics = metrics;
    this.matrix = new Matrix(new PairJudge(judge::outcome, metrics));
    this.published = stores.generation();
    this.otherRules = published.map(g -> !g.equals(generation(g.getGeneration()))).orElse(false);
    this.generation = published.map(MatrixGeneration::getGeneration).orElse(0);
  }

  /**
   * Takes up the stored profiles in order of number: a row says something of smaller numbers only,
   * if all of them have one.
   */
  void restore(SortedMap<Integer, Profile> profiles) {
    profiles.forEach(
        (number, profile) -> {
          if (!otherRules && unjudged.isEmpty() && stores.hasRow(number)) {
            matrix.restore(number, profile);
          } else {
            unjudged.put(number, profile);
          }
        });
  }

  /** A profile is to be judged; its number is greater than all before. */
  void add(int number, Profile profile) {
    unjudged.put(number, profile);
  }

  /** Forgets a profile and its row. */
  void remove(int number, Fingerprint fingerprint) {
    unjudged.remove(number);
    matrix.remove(number);
    stores.removeRow(number);
    sinks.row(fingerprint, null);
  }

  /**
   * Judges at least one, and for a while. Each row is written once, and rows come before the
   * generation: whoever has read that has them.
   *
   * @param next the number that the next new profile gets
   */
  void tick(int next) {
    if (otherRules) {
      startOver(next);
    }
    long end = System.nanoTime() + TICK_BUDGET.toNanos();
    while (!unjudged.isEmpty()) {
      judge(unjudged.pollFirstEntry());
      if (System.nanoTime() > end) {
        break;
      }
    }
    publish(next);
  }

  private void judge(Map.Entry<Integer, Profile> first) {
    long before = System.nanoTime();
    NewRow row = matrix.add(first.getKey(), first.getValue());
    metrics.judged(Duration.ofNanos(System.nanoTime() - before));
    sinks.row(first.getValue().fingerprint(), stores.putRow(row.encode(first.getKey())));
  }

  /** The rules changed: until everything is judged again, nothing is known. */
  private void startOver(int next) {
    LOG.info("the rules are now {}: judging {} profiles again", judge.ruleSet(), unjudged.size());
    unjudged.forEach(
        (number, profile) -> {
          stores.removeRow(number);
          sinks.row(profile.fingerprint(), null);
        });
    otherRules = false;
    publish(next);
  }

  /** True where a tick would do nothing. */
  boolean isDone(int next) {
    return !otherRules && unjudged.isEmpty() && published.equals(Optional.of(reached(next)));
  }

  private void publish(int next) {
    MatrixGeneration reached = reached(next);
    if (!published.equals(Optional.of(reached))) {
      sinks.generation(stores.putGeneration(reached));
      published = Optional.of(reached);
      generation = reached.getGeneration();
    }
  }

  private MatrixGeneration reached(int next) {
    return generation(unjudged.isEmpty() ? next : unjudged.firstKey());
  }

  private MatrixGeneration generation(int number) {
    RuleSet rules = judge.ruleSet();
    List<PackFile> files = new ArrayList<>();
    rules.packs().files().forEach((file, text) -> files.add(new PackFile(file, text)));
    return new MatrixGeneration(
        number, rules.toString(), rules.policyNames(), files, rules.packs().options());
  }

  /** The generation that is published. */
  int generation() {
    return generation;
  }
}
