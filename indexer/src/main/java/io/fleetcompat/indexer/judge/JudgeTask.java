package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.store.CensusKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.Census;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The judge while its task runs: the census, the profiles in it and the matrix over them, taken up
 * from the stores. Threads: one stream thread; the counts are read by any.
 */
final class JudgeTask {

  private final JudgeStores stores;
  private final RecordGuard guard = new RecordGuard();
  private final ProfilePresence presence = new ProfilePresence();
  private final DeadProfiles dead;
  private final ProfileNumbers numbers;
  private final MatrixBacklog backlog;

  private JudgeTask(
      JudgeOptions options, JudgeStores stores, JudgeSinks sinks, IndexerMetrics metrics) {
    this.stores = stores;
    this.dead = new DeadProfiles(options.gcAfter());
    this.numbers = new ProfileNumbers(options.maxProfiles(), stores, sinks, metrics);
    this.backlog = new MatrixBacklog(RuleSet.of(options.policies()), stores, sinks, metrics);
  }

  /** Takes up what is stored. */
  static JudgeTask load(
      JudgeOptions options,
      JudgeStores stores,
      JudgeSinks sinks,
      IndexerMetrics metrics,
      long now) {
    JudgeTask task = new JudgeTask(options, stores, sinks, metrics);
    stores.forEachCensusKey(task.presence::add);
    TreeMap<Integer, Profile> known = new TreeMap<>();
    stores.forEachProfile(
        (fingerprint, record) -> {
          known.put(record.getNumber(), Profile.parse(record.getCanonical()));
          task.numbers.restore(fingerprint, record.getNumber());
          if (!task.presence.has(fingerprint)) {
            task.dead.add(fingerprint, now);
          }
        });
    task.backlog.restore(known);
    stores.forEachCensusKey(key -> task.numbers.restoreWaiting(key.fingerprint()));
    return task;
  }

  /**
   * A partition has hosts with a profile.
   *
   * @param encoded the record as it is stored
   * @param since when it first had
   * @throws BadRecordException if the record cannot be used; nothing is changed then
   */
  void present(CensusKey key, Census census, byte[] encoded, long since) throws BadRecordException {
    admit(key.fingerprint(), census.getCanonical(), since);
    stores.putCensus(key, encoded);
    presence.add(key);
    dead.remove(key.fingerprint());
  }

  /** A partition has no host with it. */
  void absent(CensusKey key, long now) {
    stores.removeCensus(key);
    if (presence.removeLast(key)) {
      dead.add(key.fingerprint(), now);
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
  void tick() {
    backlog.tick(numbers.next());
  }

  /** True where a tick would do nothing. */
  boolean isDone() {
    return backlog.isDone(numbers.next());
  }

  /** Forgets profiles that nobody has had for long; then there may be room for refused ones. */
  void collect(long now) {
    for (Fingerprint gone : dead.take(now)) {
      numbers.forget(gone).ifPresent(number -> backlog.remove(number, gone));
    }
    for (Optional<Fingerprint> waiting = numbers.pollWaiting();
        waiting.isPresent();
        waiting = numbers.pollWaiting()) {
      waiting
          .flatMap(presence::somewhere)
          .flatMap(stores::findCensus)
          .ifPresent(census -> retry(census, now));
    }
  }

  private void retry(Census census, long now) {
    try {
      admit(Fingerprint.of(census.getFingerprint().bytes()), census.getCanonical(), now);
    } catch (BadRecordException e) {
      throw new IllegalStateException("the census holds what was not admitted", e);
    }
  }

  int profiles() {
    return numbers.known();
  }

  int refused() {
    return numbers.refused();
  }

  int generation() {
    return backlog.generation();
  }
}
