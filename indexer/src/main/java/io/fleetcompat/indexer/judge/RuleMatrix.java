package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.WrittenRules;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.PackFile;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The matrix under one rule set: its rows, and in order of profile number the profiles that have
 * none yet. A profile without a stored row is one that has not been judged, so whatever a crash
 * leaves is found again. Rows of rules that this version does not have are kept, and no new ones
 * are made.
 *
 * <p>One stream thread.
 */
final class RuleMatrix {

  /** Most rows that one step removes. */
  private static final int MAX_REMOVED = 1000;

  private final RuleSetRecord record;
  private final RuleSetId id;
  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private final IndexerMetrics metrics;

  /** Empty where this version does not have the rules. */
  private final Optional<Matrix> matrix;

  private final TreeMap<Integer, Profile> unjudged = new TreeMap<>();
  private Optional<MatrixGeneration> published;
  private int generation;

  private RuleMatrix(
      RuleSetRecord record,
      Optional<RuleSet> rules,
      JudgeStores stores,
      JudgeSinks sinks,
      IndexerMetrics metrics) {
    this.record = record;
    this.id = RuleSetId.of(record.getRuleSet());
    this.stores = stores;
    this.sinks = sinks;
    this.metrics = metrics;
    this.matrix = rules.map(r -> new Matrix(new PairJudge(new Judge(r)::outcome, metrics)));
    this.published = stores.generation(id);
    this.generation = published.map(MatrixGeneration::getGeneration).orElse(0);
  }

  /** A rule set that is new: it is written before anything is judged by it. */
  static RuleMatrix begin(
      RuleSet rules, long now, JudgeStores stores, JudgeSinks sinks, IndexerMetrics metrics) {
    RuleSetRecord record = record(WrittenRules.of(rules), now);
    RuleMatrix begun = new RuleMatrix(record, Optional.of(rules), stores, sinks, metrics);
    sinks.matrix(new MatrixKey.Rules(begun.id), stores.putRules(begun.id, record));
    return begun;
  }

  /** A rule set that was begun before. */
  static RuleMatrix stored(
      RuleSetRecord record, JudgeStores stores, JudgeSinks sinks, IndexerMetrics metrics) {
    return new RuleMatrix(record, StoredRules.of(record).known(), stores, sinks, metrics);
  }

  private static RuleSetRecord record(WrittenRules rules, long now) {
    return new RuleSetRecord(
        rules.ruleSet(),
        rules.policies(),
        new TreeMap<>(rules.packs())
            .entrySet().stream().map(pack -> new PackFile(pack.getKey(), pack.getValue())).toList(),
        new TreeMap<>(rules.packOptions()),
        Instant.ofEpochMilli(now));
  }

  RuleSetId id() {
    return id;
  }

  /** The rule set as it is spelled. */
  String ruleSet() {
    return record.getRuleSet();
  }

  /** The time at which it was begun. */
  Instant since() {
    return record.getSince();
  }

  /**
   * Takes up the stored profiles in order of number: a row says something of smaller numbers only,
   * if all of them have one.
   */
  void restore(SortedMap<Integer, Profile> profiles) {
    matrix.ifPresent(
        judged ->
            profiles.forEach(
                (number, profile) -> {
                  if (unjudged.isEmpty() && stores.hasRow(id, profile.fingerprint(), number)) {
                    judged.restore(number, profile);
                  } else {
                    unjudged.put(number, profile);
                  }
                }));
  }

  /** A profile is to be judged; its number is greater than all before. */
  void add(int number, Profile profile) {
    if (matrix.isPresent()) {
      unjudged.put(number, profile);
    }
  }

  /** Forgets a profile and its row. */
  void remove(int number, Fingerprint profile) {
    unjudged.remove(number);
    matrix.ifPresent(judged -> judged.remove(number));
    removeRow(profile);
  }

  private void removeRow(Fingerprint profile) {
    stores.removeRow(id, profile);
    sinks.row(id, profile, null);
  }

  /**
   * Judges at least one profile, where there is one, and on until a time of {@link
   * System#nanoTime}. Each row is written once, and rows come before the generation: whoever has
   * read that has them.
   *
   * @param next the number that the next new profile gets
   */
  void judge(long end, int next) {
    if (matrix.isPresent()) {
      while (!unjudged.isEmpty()) {
        judge(matrix.get(), unjudged.pollFirstEntry());
        if (System.nanoTime() > end) {
          break;
        }
      }
      publish(next);
    }
  }

  private void judge(Matrix judged, Map.Entry<Integer, Profile> first) {
    long before = System.nanoTime();
    NewRow row = judged.add(first.getKey(), first.getValue());
    metrics.judged(Duration.ofNanos(System.nanoTime() - before));
    Fingerprint profile = first.getValue().fingerprint();
    sinks.row(id, profile, stores.putRow(id, profile, row.encode(first.getKey())));
  }

  /**
   * A generation never goes back: where rows are judged again whose stores were lost, what the
   * topic has of them answers meanwhile, and a pair without a row is UNKNOWN.
   */
  private void publish(int next) {
    MatrixGeneration reached = reached(next);
    if (!published.equals(Optional.of(reached)) && reached.getGeneration() >= generation) {
      byte[] encoded = stores.putGeneration(id, reached);
      sinks.matrix(new MatrixKey.Generation(id), encoded);
      published = Optional.of(reached);
      generation = reached.getGeneration();
    }
  }

  private MatrixGeneration reached(int next) {
    int number = unjudged.isEmpty() ? next : unjudged.firstKey();
    return new MatrixGeneration(number, record.getRuleSet(), record.getPolicies());
  }

  /** True where all that can be judged is, and the generation says so. */
  boolean isDone(int next) {
    return matrix.isEmpty() || (unjudged.isEmpty() && published.equals(Optional.of(reached(next))));
  }

  /** The profiles that are still to be judged. */
  int unjudged() {
    return unjudged.size();
  }

  /** The generation that is published. */
  int generation() {
    return generation;
  }

  /**
   * Removes a part of it; true where nothing is left. The generation goes first: from then on
   * nobody answers by rows of which some are gone. The rules go last, so that what a crash leaves
   * is found again.
   */
  boolean removeSome() {
    if (published.isPresent()) {
      stores.removeGeneration(id);
      sinks.matrix(new MatrixKey.Generation(id), null);
      published = Optional.empty();
      generation = 0;
    }
    List<Fingerprint> some = stores.someRows(id, MAX_REMOVED);
    some.forEach(this::removeRow);
    if (some.size() == MAX_REMOVED) {
      return false;
    }
    stores
        .removeRules(id)
        .ifPresent(before -> sinks.changes().forgotten(id, record.getRuleSet(), before));
    sinks.matrix(new MatrixKey.Rules(id), null);
    return true;
  }

  @Override
  public String toString() {
    return record.getRuleSet();
  }
}
