package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.schemas.avro.ProfileRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers of profiles: each is given once and never again, in the order in which profiles come,
 * to no more profiles at a time than configured. Those beyond are refused, and wait.
 *
 * <p>Threads: one stream thread; the counts are read by any.
 */
final class ProfileNumbers {

  private static final Logger LOG = LoggerFactory.getLogger(ProfileNumbers.class);

  private final int most;
  private final JudgeStores stores;
  private final JudgeSinks sinks;
  private final IndexerMetrics metrics;
  private final Map<Fingerprint, Integer> numbers = new HashMap<>();

  /** Profiles that hosts have, without a number, in the order in which they came. */
  private final Set<Fingerprint> refused = new LinkedHashSet<>();

  private int next;
  private volatile Counts counts = new Counts(0, 0);

  private record Counts(int known, int refused) {}

  ProfileNumbers(int most, JudgeStores stores, JudgeSinks sinks, IndexerMetrics metrics) {
    this.most = most;
    this.stores = stores;
    this.sinks = sinks;
    this.metrics = metrics;
    this.next = stores.nextNumber();
  }

  /** Takes up a number that was given before the start. */
  void restore(Fingerprint fingerprint, int number) {
    numbers.put(fingerprint, number);
    atLeast(number + 1);
    count();
  }

  /**
   * The next number is no smaller than this. It follows from what is stored, so that no number is
   * given twice where the one that was to be next cannot be read.
   */
  void atLeast(int number) {
    next = Math.max(next, number);
  }

  /** Takes up a profile that hosts have: it waits, unless its number was restored. */
  void restoreWaiting(Fingerprint fingerprint) {
    if (!numbers.containsKey(fingerprint)) {
      refused.add(fingerprint);
      count();
    }
  }

  boolean has(Fingerprint fingerprint) {
    return numbers.containsKey(fingerprint);
  }

  /** The number that the next new profile gets. */
  int next() {
    return next;
  }

  /**
   * Gives a number to a profile that has none; empty where there are too many.
   *
   * @param since when a host first had it
   */
  OptionalInt give(Profile profile, long since) {
    Fingerprint fingerprint = profile.fingerprint();
    if (!hasRoom()) {
      refuse(fingerprint);
      return OptionalInt.empty();
    }
    refused.remove(fingerprint);
    int number = next++;
    stores.putNextNumber(next);
    numbers.put(fingerprint, number);
    ProfileRecord record =
        new ProfileRecord(number, profile.canonical(), Instant.ofEpochMilli(since));
    sinks.profile(fingerprint, stores.putProfile(fingerprint, record));
    count();
    return OptionalInt.of(number);
  }

  private void refuse(Fingerprint fingerprint) {
    if (refused.add(fingerprint)) {
      metrics.profileRefused();
      if (refused.size() == 1) {
        LOG.warn(
            "profile {} is refused and stays UNKNOWN: expected at most {} profiles (max-profiles)",
            fingerprint,
            most);
      }
      count();
    }
  }

  /** Forgets a profile; gives the number that it had. */
  OptionalInt forget(Fingerprint fingerprint) {
    refused.remove(fingerprint);
    Integer number = numbers.remove(fingerprint);
    count();
    if (number == null) {
      return OptionalInt.empty();
    }
    stores
        .removeProfile(fingerprint)
        .ifPresent(before -> sinks.changes().forgotten(fingerprint, before));
    sinks.profile(fingerprint, null);
    return OptionalInt.of(number);
  }

  /** The profile that has waited longest, if there is room now; it waits no more. */
  Optional<Fingerprint> pollWaiting() {
    Iterator<Fingerprint> waiting = refused.iterator();
    if (!hasRoom() || !waiting.hasNext()) {
      return Optional.empty();
    }
    Fingerprint first = waiting.next();
    waiting.remove();
    count();
    return Optional.of(first);
  }

  private boolean hasRoom() {
    return numbers.size() < most;
  }

  /** The number of profiles that have a number. */
  int known() {
    return counts.known();
  }

  /** The number of profiles that wait for one. */
  int refused() {
    return counts.refused();
  }

  private void count() {
    counts = new Counts(numbers.size(), refused.size());
  }
}
