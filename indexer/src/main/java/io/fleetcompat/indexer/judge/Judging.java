package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.IndexerMetrics;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles there are, their numbers, and the work that is still to do on the matrix. A profile
 * without a stored row is one that has not been judged: so whatever a crash leaves is found again.
 *
 * <p>Threads: one stream thread; the counts are read by any.
 */
final class Judging {

  /** How long one tick may judge: the task must commit, and answer the group, in between. */
  private static final Duration TICK_BUDGET = Duration.ofMillis(100);

  /** Most profiles that are forgotten in one tick. */
  private static final int MAX_COLLECTED_PER_TICK = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

  private final JudgeRules rules;
  private final Judge judge;
  private final JudgeStores stores;
  private final Output output;
  private final IndexerMetrics metrics;
  private final Matrix matrix;
  private final Map<Fingerprint, Integer> numbers = new HashMap<>();
  private final TreeMap<Integer, Profile> unjudged = new TreeMap<>();

  /** Profiles that somebody has, without a number, since there are too many. */
  private final Set<Fingerprint> refused = new LinkedHashSet<>();

  private int next;
  private boolean otherRules;
  private Optional<MatrixGeneration> published = Optional.empty();
  private volatile Counts counts = new Counts(0, 0, 0);

  private record Counts(int profiles, int refused, int generation) {}

  Judging(JudgeRules rules, JudgeStores stores, Output output, IndexerMetrics metrics) {
    this.rules = rules;
    this.judge = new Judge(rules.policies());
    this.stores = stores;
    this.output = output;
    this.metrics = metrics;
    this.matrix = new Matrix(judge);
  }

  /** Takes up what is stored. Rows of other rules are not believed. */
  void load(Living living, long now) {
    next = stores.nextNumber();
    published = stores.generation();
    otherRules = published.map(g -> !g.equals(generation(g.getGeneration()))).orElse(false);
    TreeMap<Integer, Profile> known = new TreeMap<>();
    stores.forEachProfile(
        (fingerprint, record) -> {
          known.put(record.getNumber(), Profile.parse(record.getCanonical()));
          numbers.put(fingerprint, record.getNumber());
          if (!living.has(fingerprint)) {
            living.dead(fingerprint, now);
          }
        });
    known.forEach(this::load);
    stores.forEachCensusKey(
        key -> {
          if (!numbers.containsKey(key.fingerprint())) {
            refused.add(key.fingerprint());
          }
        });
    count();
  }

  /** In order of number: a row says something of smaller numbers only, if all of them have one. */
  private void load(int number, Profile profile) {
    if (!otherRules && unjudged.isEmpty() && stores.hasRow(number)) {
      matrix.restore(number, profile);
    } else {
      unjudged.put(number, profile);
    }
  }

  /** Gives a profile its number, if it is new. */
  void admit(Fingerprint fingerprint, @Nullable String canonical, long since)
      throws BadRecordException {
    if (numbers.containsKey(fingerprint)) {
      return;
    }
    Profile profile = parse(fingerprint, canonical);
    if (numbers.size() >= rules.maxProfiles()) {
      refuse(fingerprint);
      return;
    }
    refused.remove(fingerprint);
    int number = next++;
    stores.putNextNumber(next);
    numbers.put(fingerprint, number);
    unjudged.put(number, profile);
    ProfileRecord record =
        new ProfileRecord(number, profile.canonical(), Instant.ofEpochMilli(since));
    output.profile(fingerprint, stores.putProfile(fingerprint, record));
    count();
  }

  private static Profile parse(Fingerprint fingerprint, @Nullable String canonical)
      throws BadRecordException {
    if (canonical == null || !Fingerprint.of(canonical).equals(fingerprint)) {
      throw new BadRecordException(
          Code.INVALID, "the content of profile " + fingerprint, String.valueOf(canonical));
    }
    try {
      return Profile.parse(canonical);
    } catch (IllegalArgumentException e) {
      throw new BadRecordException(
          Code.INVALID, "a profile in canonical form", String.valueOf(e.getMessage()));
    }
  }

  private void refuse(Fingerprint fingerprint) {
    if (refused.add(fingerprint)) {
      metrics.profileRefused();
      if (refused.size() == 1) {
        LOG.warn(
            "profile {} is refused and stays UNKNOWN: expected at most {} profiles (max-profiles)",
            fingerprint,
            rules.maxProfiles());
      }
      count();
    }
  }

  /**
   * Judges at least one, and for a while, in order of number. Each row is written once, and rows
   * come first.
   */
  void tick() {
    if (otherRules) {
      startOver();
    }
    long end = System.nanoTime() + TICK_BUDGET.toNanos();
    while (!unjudged.isEmpty()) {
      judge(unjudged.pollFirstEntry());
      if (System.nanoTime() > end) {
        break;
      }
    }
    publish();
  }

  private void judge(Map.Entry<Integer, Profile> first) {
    long before = System.nanoTime();
    Row row = matrix.add(first.getKey(), first.getValue());
    metrics.judged(Duration.ofNanos(System.nanoTime() - before));
    output.row(first.getValue().fingerprint(), stores.putRow(row.encode(first.getKey())));
  }

  /** The rules changed: until everything is judged again, nothing is known. */
  private void startOver() {
    LOG.info("the rules are now {}: judging {} profiles again", judge.ruleSet(), unjudged.size());
    unjudged.forEach(
        (number, profile) -> {
          stores.removeRow(number);
          output.row(profile.fingerprint(), null);
        });
    otherRules = false;
    publish();
  }

  /** Whether a tick would do nothing. */
  boolean isDone() {
    return !otherRules && unjudged.isEmpty() && published.equals(Optional.of(reached()));
  }

  private MatrixGeneration reached() {
    return generation(unjudged.isEmpty() ? next : unjudged.firstKey());
  }

  /** Rows come before: whoever has read the generation has them. */
  private void publish() {
    MatrixGeneration generation = reached();
    if (!published.equals(Optional.of(generation))) {
      output.generation(stores.putGeneration(generation));
      published = Optional.of(generation);
      count();
    }
  }

  private MatrixGeneration generation(int number) {
    return new MatrixGeneration(number, judge.ruleSet(), rules.policyNames());
  }

  /** Forgets profiles that nobody has had for long; then there may be room for refused ones. */
  void collect(Living living, long now) {
    for (Fingerprint dead : living.takeDead(rules.gcAfter(), now, MAX_COLLECTED_PER_TICK)) {
      forget(dead);
    }
    Iterator<Fingerprint> waiting = refused.iterator();
    while (waiting.hasNext() && numbers.size() < rules.maxProfiles()) {
      Fingerprint fingerprint = waiting.next();
      waiting.remove();
      living.somewhere(fingerprint).flatMap(stores::findCensus).ifPresent(c -> retry(c, now));
    }
    count();
  }

  private void forget(Fingerprint fingerprint) {
    refused.remove(fingerprint);
    Integer number = numbers.remove(fingerprint);
    if (number == null) {
      return;
    }
    unjudged.remove(number);
    matrix.remove(number);
    stores.removeProfile(fingerprint);
    stores.removeRow(number);
    output.profile(fingerprint, null);
    output.row(fingerprint, null);
  }

  private void retry(Census census, long now) {
    try {
      admit(Fingerprint.of(census.getFingerprint().bytes()), census.getCanonical(), now);
    } catch (BadRecordException e) {
      throw new IllegalStateException("the census holds what was not admitted", e);
    }
  }

  int profiles() {
    return counts.profiles();
  }

  int refused() {
    return counts.refused();
  }

  int generation() {
    return counts.generation();
  }

  private void count() {
    int generation = published.map(MatrixGeneration::getGeneration).orElse(0);
    counts = new Counts(numbers.size(), refused.size(), generation);
  }
}
