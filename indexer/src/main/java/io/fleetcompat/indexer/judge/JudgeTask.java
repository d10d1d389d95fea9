package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.told.TopicAudits;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The judge while its task runs: the census, the profiles in it and the matrix over them, taken up
 * from the stores. Threads: one stream thread; the counts are read by any.
 */
final class JudgeTask {

  /**
   * The longest that one tick may judge: the task must commit, and answer the group, in between.
   */
  private static final Duration TICK_BUDGET = Duration.ofMillis(100);

  /** The number of a profile whose number nobody knows. */
  private static final int NO_NUMBER = -1;

  private static final Logger LOG = LoggerFactory.getLogger(JudgeTask.class);

  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private final IndexerMetrics metrics;
  private final RecordGuard guard = new RecordGuard();
  private final ProfilePresence presence = new ProfilePresence();
  private final DeadProfiles dead;

  /** Stored profiles that this version does not accept, still with number and row. */
  private final Set<Fingerprint> notAccepted = new LinkedHashSet<>();

  private final ProfileNumbers numbers;
  private final MatrixBacklog backlog;
  private final RefusalRecord refusal;

  private JudgeTask(
      JudgeOptions options,
      WantedRules wanted,
      UnreadableEntries unreadable,
      Consumer<CensusKey> lostCensus,
      ProcessorContext<byte[], byte[]> context,
      IndexerMetrics metrics) {
    this.stores = new JudgeStores(context, unreadable, new Lost(lostCensus));
    this.sinks = new JudgeSinks(context);
    this.metrics = metrics;
    this.dead = new DeadProfiles(options.gcAfter());
    this.numbers = new ProfileNumbers(options.maxProfiles(), stores, sinks, metrics);
    this.backlog = new MatrixBacklog(options, wanted, TICK_BUDGET, stores, sinks, metrics);
    this.refusal = new RefusalRecord(wanted, stores, sinks);
  }

  /** The work that makes anew what cannot be read. */
  private final class Lost implements JudgeStores.Lost {
    private final Consumer<CensusKey> wanted;

    Lost(Consumer<CensusKey> wanted) {
      this.wanted = wanted;
    }

    @Override
    public void census(CensusKey key) {
      wanted.accept(key);
    }

    /** Where hosts have it, it gets another number, and waits for that. */
    @Override
    public void profile(Fingerprint profile) {
      stores.removeProfile(profile);
      if (!presence.has(profile)) {
        sinks.profile(profile, null);
        backlog.remove(NO_NUMBER, profile);
      }
    }
  }

  /** Compares the topics of profiles and rows with what is stored. */
  void compareWith(TopicAudits audits, Topics topics) {
    audits
        .add(topics.profiles(), JudgeNodes.PROFILES, stores.toldProfiles(), sinks.sentProfiles())
        .add(topics.matrix(), JudgeNodes.MATRIX, new ToldMatrix(stores), sinks.sentMatrix());
  }

  /**
   * Takes up what is stored.
   *
   * @param lostCensus hears of keys of the census of which the content is wanted again
   */
  static JudgeTask load(
      JudgeOptions options,
      WantedRules wanted,
      UnreadableEntries unreadable,
      Consumer<CensusKey> lostCensus,
      ProcessorContext<byte[], byte[]> context,
      IndexerMetrics metrics,
      long now) {
    JudgeTask task = new JudgeTask(options, wanted, unreadable, lostCensus, context, metrics);
    JudgeStores stores = task.stores;
    stores.checkCensus();
    stores.forEachCensusKey(task.presence::add);
    stores
        .ruleSets()
        .forEach(
            record ->
                stores
                    .generation(RuleSetId.of(record.getRuleSet()))
                    .ifPresent(reached -> task.numbers.atLeast(reached.getGeneration())));
    TreeMap<Integer, Profile> known = new TreeMap<>();
    stores.forEachProfile((fingerprint, record) -> task.restore(fingerprint, record, known, now));
    task.backlog.restore(known);
    stores.forEachCensusKey(key -> task.numbers.restoreWaiting(Fingerprint.parse(key.profile())));
    return task;
  }

  private void restore(
      Fingerprint fingerprint, ProfileRecord record, Map<Integer, Profile> known, long now) {
    numbers.restore(fingerprint, record.getNumber());
    try {
      known.put(record.getNumber(), guard.run(() -> parse(fingerprint, record.getCanonical())));
    } catch (BadRecordException e) {
      // Nothing can be sent before all is loaded, so it goes with the next collection.
      drop(fingerprint, e);
      notAccepted.add(fingerprint);
      return;
    }
    if (!presence.has(fingerprint)) {
      dead.add(fingerprint, now);
    }
  }

  /**
   * A partition has hosts with a profile.
   *
   * @param encoded the record as it is stored
   * @param since when it first had
   * @throws BadRecordException if the record cannot be used; nothing is changed then
   */
  void present(CensusKey key, Census census, byte[] encoded, long since) throws BadRecordException {
    Fingerprint fingerprint = Fingerprint.parse(key.profile());
    admit(fingerprint, census.getCanonical(), since);
    stores.putCensus(key, encoded);
    presence.add(key);
    dead.remove(fingerprint);
  }

  /** A partition has no host with it. */
  void absent(CensusKey key, long now) {
    stores.removeCensus(key);
    if (presence.removeLast(key)) {
      dead.add(Fingerprint.parse(key.profile()), now);
    }
  }

  private void admit(Fingerprint fingerprint, @Nullable String canonical, long since)
      throws BadRecordException {
    if (numbers.has(fingerprint)) {
      return;
    }
    Profile profile = guard.run(() -> parse(fingerprint, canonical));
    numbers.give(profile, since).ifPresent(number -> backlog.add(number, profile));
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

  /** Judges for a while. */
  void tick(long now) {
    backlog.tick(numbers.next(), now);
  }

  /** True where a tick would do nothing. */
  boolean isDone() {
    return backlog.isDone(numbers.next());
  }

  /**
   * Takes up rules that were changed, and forgets profiles that nobody has had for long; then there
   * may be room for refused ones.
   */
  void collect(long now) {
    backlog.configure();
    refusal.write();
    notAccepted.forEach(this::forget);
    notAccepted.clear();
    dead.take(now).forEach(this::forget);
    backlog.collect(now);
    for (Optional<Fingerprint> waiting = numbers.pollWaiting();
        waiting.isPresent();
        waiting = numbers.pollWaiting()) {
      waiting
          .flatMap(presence::somewhere)
          .flatMap(stores::findCensus)
          .ifPresent(census -> retry(census, now));
    }
  }

  private void forget(Fingerprint gone) {
    numbers.forget(gone).ifPresent(number -> backlog.remove(number, gone));
  }

  /** It was admitted when it came, maybe by another version than this. */
  private void retry(Census census, long now) {
    Fingerprint fingerprint = Fingerprint.of(census.getFingerprint().bytes());
    try {
      admit(fingerprint, census.getCanonical(), now);
    } catch (BadRecordException e) {
      drop(fingerprint, e);
    }
  }

  /** A profile that was accepted once and is not any more: else every start would end at it. */
  private void drop(Fingerprint fingerprint, BadRecordException why) {
    metrics.profileDropped();
    LOG.warn(
        "the stored profile {} is dropped, and its pairs are UNKNOWN until a host sends it anew:"
            + " {}",
        fingerprint,
        why.getMessage());
  }

  int profiles() {
    return numbers.known();
  }

  int refused() {
    return numbers.refused();
  }

  int ruleSets() {
    return backlog.ruleSets();
  }

  int generation() {
    return backlog.generation();
  }
}
