package io.fleetcompat.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.RuleSetRecord;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A change of rules, profile by profile: nothing that was answered is unanswered meanwhile. */
class MatrixBacklogTest {

  private static final RuleSet BEFORE = RuleSet.of(Set.of());
  private static final RuleSet AFTER = RuleSet.of(Set.of(Policy.MUTUAL));
  private static final Duration KEEP = Duration.ofMinutes(30);
  private static final int PROFILES = 7;

  private final MockProcessorContext<byte[], byte[]> context = JudgeContext.empty();
  private final IndexerMetrics metrics = new IndexerMetrics(new SimpleMeterRegistry());
  private final TreeMap<Integer, Profile> profiles = new TreeMap<>();
  private final MatrixRecords records = new MatrixRecords(profiles);
  private int next;
  private long now;

  private JudgeStores stores() {
    return JudgeContext.stores(context);
  }

  /** An indexer that takes up what is stored; it judges one profile of a rule set in a tick. */
  private MatrixBacklog start(RuleSet rules) {
    return start(new WantedRules(rules));
  }

  private MatrixBacklog start(WantedRules rules) {
    MatrixBacklog backlog =
        new MatrixBacklog(
            new JudgeOptions(KEEP, 1000, Duration.ZERO),
            rules,
            Duration.ZERO,
            stores(),
            new JudgeSinks(context),
            metrics);
    backlog.restore(profiles);
    return backlog;
  }

  private void add(MatrixBacklog backlog) {
    Profile profile = Profiles.ofVersion("1." + next + ".0");
    profiles.put(next, profile);
    backlog.add(next, profile);
    next++;
  }

  private void remove(MatrixBacklog backlog, int number) {
    Profile gone = Objects.requireNonNull(profiles.remove(number));
    backlog.remove(number, gone.fingerprint());
  }

  private void tick(MatrixBacklog backlog) {
    backlog.tick(next, now);
    take();
  }

  private void take() {
    context.forwarded().stream()
        .filter(forward -> !forward.childName().equals(Optional.of(JudgeNodes.CHANGES)))
        .forEach(forward -> records.take(forward.record()));
    context.resetForwards();
  }

  private void finish(MatrixBacklog backlog) {
    for (int most = 0; most < 1000 && !backlog.isDone(next); most++) {
      tick(backlog);
      backlog.collect(now);
    }
    assertThat(backlog.isDone(next)).isTrue();
    records.requireJudged();
  }

  private MatrixBacklog judgedBefore() {
    return judgedBefore(new WantedRules(BEFORE));
  }

  private MatrixBacklog judgedBefore(WantedRules wanted) {
    MatrixBacklog backlog = start(wanted);
    for (int n = 0; n < PROFILES; n++) {
      add(backlog);
    }
    finish(backlog);
    return backlog;
  }

  @Test
  void anIndexerThatDiesAfterEveryProfileLeavesNoGapAndJudgesNoneTwice() {
    judgedBefore();
    int swaps = records.swaps();
    int starts = 0;
    while (!records.inForce().equals(AFTER.toString())) {
      assertThat(records.inForce()).isEqualTo(BEFORE.toString());
      tick(start(AFTER));
      assertThat(++starts).isLessThanOrEqualTo(PROFILES);
    }
    assertThat(starts).isEqualTo(PROFILES);
    assertThat(records.swaps() - swaps).isEqualTo(1);
    assertThat(records.rowsWritten(AFTER)).isEqualTo(PROFILES);
    assertThat(records.rowsWritten(BEFORE)).isEqualTo(PROFILES);
    records.requireJudged();
  }

  @Test
  void rulesThatChangeWhileItRunsAreJudgedBesideThoseBeforeAndSwappedOnce() {
    WantedRules wanted = new WantedRules(BEFORE);
    MatrixBacklog backlog = judgedBefore(wanted);
    int swaps = records.swaps();
    wanted.refuse("own.yaml:2: expected something else", Instant.EPOCH);
    backlog.configure();
    assertThat(backlog.isDone(next)).as("what is refused changes nothing").isTrue();
    wanted.accept(AFTER);
    assertThat(backlog.isDone(next)).isTrue();
    backlog.configure();
    assertThat(backlog.isDone(next)).isFalse();
    tick(backlog);
    assertThat(records.inForce()).isEqualTo(BEFORE.toString());
    wanted.accept(BEFORE);
    backlog.configure();
    finish(backlog);
    assertThat(records.swaps() - swaps).as("back before it came into force").isZero();
    assertThat(records.sets()).containsExactly(RuleSetId.of(BEFORE.toString()));
    wanted.accept(AFTER);
    backlog.configure();
    finish(backlog);
    assertThat(records.inForce()).isEqualTo(AFTER.toString());
    assertThat(records.swaps() - swaps).isEqualTo(1);
    assertThat(records.rowsWritten(AFTER))
        .as("one was written and removed before")
        .isEqualTo(PROFILES + 2);
  }

  @Test
  void rulesThatAreWantedAgainWhileTheirRowsAreRemovedBeginAnewWhenAllAreGone() {
    WantedRules wanted = new WantedRules(BEFORE);
    MatrixBacklog backlog = judgedBefore(wanted);
    wanted.accept(AFTER);
    backlog.configure();
    finish(backlog);
    backlog.collect(now);
    now += KEEP.toMillis();
    backlog.collect(now);
    wanted.accept(BEFORE);
    backlog.configure();
    finish(backlog);
    assertThat(records.inForce()).isEqualTo(BEFORE.toString());
  }

  @Test
  void aProfileThatComesMeanwhileIsAnsweredByTheOldRulesInTheNextTickAndByTheNewInTheEnd() {
    judgedBefore();
    MatrixBacklog backlog = start(AFTER);
    tick(backlog);
    add(backlog);
    int last = next - 1;
    tick(backlog);
    assertThat(records.inForce()).isEqualTo(BEFORE.toString());
    assertThat(records.isAnswered(last, 0)).isTrue();
    remove(backlog, 2);
    take();
    finish(backlog);
    assertThat(records.inForce()).isEqualTo(AFTER.toString());
    assertThat(records.isAnswered(last, 0)).isTrue();
    add(backlog);
    finish(backlog);
    assertThat(records.rowsWritten(BEFORE))
        .as("kept up for who has no other, and one is removed")
        .isEqualTo(next + 1);
  }

  @Test
  void backToRulesWhoseRowsAreThereIsOneRecord() {
    judgedBefore();
    finish(start(AFTER));
    int written = records.written();
    finish(start(BEFORE));
    assertThat(records.inForce()).isEqualTo(BEFORE.toString());
    assertThat(records.written() - written).isEqualTo(1);
    finish(start(AFTER));
    assertThat(records.written() - written).isEqualTo(2);
  }

  @Test
  void indexersOfDifferentRulesThatTakeTurnsSwapAtMostOnceATurn() {
    judgedBefore();
    for (int turn = 0; turn < 20; turn++) {
      int swaps = records.swaps();
      MatrixBacklog backlog = start(turn % 2 == 0 ? AFTER : BEFORE);
      for (int ticks = 0; ticks < 3; ticks++) {
        tick(backlog);
      }
      assertThat(records.swaps() - swaps).isLessThanOrEqualTo(1);
    }
    finish(start(AFTER));
  }

  @Test
  void whatIsNoLongerInForceIsKeptForAWhileAndThenRemovedWithItsGenerationFirst() {
    judgedBefore();
    MatrixBacklog backlog = start(AFTER);
    finish(backlog);
    backlog.collect(now);
    now += KEEP.toMillis() - 1;
    backlog.collect(now);
    assertThat(backlog.isDone(next)).isTrue();
    now++;
    backlog.collect(now);
    assertThat(backlog.isDone(next)).isFalse();
    List<MatrixKey> removed = records.keysFrom(() -> finish(backlog));
    RuleSetId set = RuleSetId.of(BEFORE.toString());
    assertThat(removed).hasSize(PROFILES + 2);
    assertThat(removed.getFirst()).isEqualTo(new MatrixKey.Generation(set));
    assertThat(removed.getLast()).isEqualTo(new MatrixKey.Rules(set));
    assertThat(records.sets()).containsExactly(RuleSetId.of(AFTER.toString()));
    assertThat(stores().ruleSets()).hasSize(1);
  }

  @Test
  void rulesThatThisVersionDoesNotHaveStayInForceUntilItsOwnAreJudged() {
    judgedBefore();
    String tomorrow = "99[of tomorrow]";
    RuleSetId set = RuleSetId.of(tomorrow);
    JudgeStores stores = stores();
    stores.putRules(
        set, new RuleSetRecord(tomorrow, List.of(), List.of(), Map.of(), Instant.EPOCH));
    ByteBuffer none = ByteBuffer.allocate(0);
    profiles.forEach(
        (number, profile) ->
            stores.putRow(
                set, profile.fingerprint(), new MatrixRow(number, none, none, none, none)));
    stores.putGeneration(set, new MatrixGeneration(next, tomorrow, List.of()));
    stores.putInForce(new RulesInForce(tomorrow, Instant.EPOCH));
    MatrixBacklog backlog = start(AFTER);
    add(backlog);
    remove(backlog, 3);
    Profile gone = Profiles.ofVersion("1.3.0");
    assertThat(stores.hasRow(set, gone.fingerprint(), 3)).isFalse();
    context.resetForwards();
    for (int ticks = 0; !stores.inForce().orElseThrow().getRuleSet().equals(AFTER.toString()); ) {
      assertThat(ticks++).isLessThan(2 * PROFILES);
      backlog.tick(next, now);
    }
    assertThat(stores.generation(set).orElseThrow().getGeneration()).isEqualTo(PROFILES);
    assertThat(stores.someRows(set, 100)).hasSize(PROFILES - 1);
    assertThat(stores.generation(RuleSetId.of(AFTER.toString())).orElseThrow().getGeneration())
        .isEqualTo(next);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverHappensNothingThatWasAnsweredIsUnansweredAndAllIsJudgedInTheEnd(long seed) {
    Random random = new Random(seed);
    WantedRules wanted = new WantedRules(BEFORE);
    MatrixBacklog backlog = judgedBefore(wanted);
    for (int step = 0; step < 400; step++) {
      switch (random.nextInt(13)) {
        case 0 -> {
          wanted = new WantedRules(anyRules(random));
          backlog = start(wanted);
        }
        case 5 -> {
          wanted.accept(anyRules(random));
          backlog.configure();
        }
        case 1 -> add(backlog);
        case 2 -> removeOne(backlog, random);
        case 3 -> now += KEEP.toMillis() / (1 + random.nextInt(5));
        case 4 -> backlog.collect(now);
        default -> tick(backlog);
      }
      take();
      assertThat(records.sets())
          .as("seed %d", seed)
          .hasSizeLessThanOrEqualTo(MatrixBacklog.MAX_SETS);
    }
    finish(backlog);
    assertThat(records.gaps()).as("seed %d", seed).isEmpty();
  }

  private void removeOne(MatrixBacklog backlog, Random random) {
    if (profiles.size() > 2) {
      List<Integer> numbers = List.copyOf(profiles.keySet());
      remove(backlog, numbers.get(random.nextInt(numbers.size())));
    }
  }

  private static RuleSet anyRules(Random random) {
    Set<Policy> policies = EnumSet.noneOf(Policy.class);
    for (Policy policy : Policy.values()) {
      if (random.nextBoolean()) {
        policies.add(policy);
      }
    }
    return RuleSet.of(policies);
  }
}
