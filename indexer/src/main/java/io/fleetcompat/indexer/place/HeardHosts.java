package io.fleetcompat.indexer.place;

import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The times at which the hosts of a partition were last heard, by the indexer's own clock: a host's
 * clock may be wrong. Kept in memory only, ordered by time, so that looking for silent hosts costs
 * nothing but the silent ones. After a restart every host counts as heard at the start, so that an
 * indexer that was down makes nobody stale.
 *
 * <p>Threads: one stream thread; the counts are read by any.
 */
final class HeardHosts {

  private final Duration staleAfter;
  private final Duration lostAfter;

  /**
   * The fresh hosts with the time of each, in order of time: a host that is heard moves to the end.
   */
  private final Map<String, Long> fresh = new LinkedHashMap<>();

  private final Map<String, Long> stale = new LinkedHashMap<>();
  private final Set<String> lost = new HashSet<>();

  /** The document that each host is known by. */
  private final Map<String, DocumentId> documents = new HashMap<>();

  private volatile Counts counts = new Counts(0, 0, 0);

  /** Numbers of hosts, by liveness. */
  record Counts(int fresh, int stale, int lost) {}

  HeardHosts(Duration staleAfter, Duration lostAfter) {
    this.staleAfter = staleAfter;
    this.lostAfter = lostAfter;
  }

  /** A host that was known before the start. */
  void known(String host, DocumentId document, Liveness liveness, long start) {
    documents.put(host, document);
    switch (liveness) {
      case FRESH -> fresh.put(host, start);
      case STALE -> stale.put(host, start);
      case LOST -> lost.add(host);
    }
    count();
  }

  /** The liveness of a host; empty if the host is not known. */
  Optional<Liveness> liveness(String host) {
    if (fresh.containsKey(host)) {
      return Optional.of(Liveness.FRESH);
    }
    if (stale.containsKey(host)) {
      return Optional.of(Liveness.STALE);
    }
    return lost.contains(host) ? Optional.of(Liveness.LOST) : Optional.empty();
  }

  /** The document that a host is known by; empty if the host is not known. */
  Optional<DocumentId> document(String host) {
    return Optional.ofNullable(documents.get(host));
  }

  /** A host sent a document: it is fresh. */
  void placed(String host, DocumentId document, long now) {
    documents.put(host, document);
    refresh(host, now);
  }

  /**
   * A host that says that it lives speaks for the document that it names: if that is not the one
   * that we know, ours may be wrong, and the host is not heard.
   */
  boolean heard(String host, DocumentId named, long now) {
    DocumentId known = documents.get(host);
    if (known == null || !named.matches(known)) {
      return false;
    }
    refresh(host, now);
    return true;
  }

  /** True where the document that is named has the version of ours, and is another one. */
  boolean isContradictedBy(String host, DocumentId named) {
    DocumentId known = documents.get(host);
    return known != null && named.conflictsWith(known);
  }

  /** Nobody can know any more what the host is like: it is as if it had not been heard for long. */
  void doubt(String host) {
    Long at = fresh.remove(host);
    if (at != null) {
      stale.put(host, at);
      count();
    }
  }

  private void refresh(String host, long now) {
    fresh.remove(host);
    stale.remove(host);
    lost.remove(host);
    fresh.put(host, now);
    count();
  }

  /** A host is gone. */
  void forget(String host) {
    documents.remove(host);
    fresh.remove(host);
    stale.remove(host);
    lost.remove(host);
    count();
  }

  /** The hosts that have become stale, up to so many; they are fresh no more. */
  List<String> nowStale(long now, int most) {
    List<String> silent = silent(fresh, now - staleAfter.toMillis(), most, stale);
    count();
    return silent;
  }

  /** The stale hosts that have become lost, up to so many. */
  List<String> nowLost(long now, int most) {
    List<String> silent = silent(stale, now - lostAfter.toMillis(), most, new HashMap<>());
    lost.addAll(silent);
    count();
    return silent;
  }

  Counts counts() {
    return counts;
  }

  private static List<String> silent(
      Map<String, Long> from, long since, int most, Map<String, Long> to) {
    List<String> silent = new ArrayList<>();
    Iterator<Map.Entry<String, Long>> eldest = from.entrySet().iterator();
    while (silent.size() < most && eldest.hasNext()) {
      Map.Entry<String, Long> entry = eldest.next();
      if (entry.getValue() > since) {
        break;
      }
      silent.add(entry.getKey());
      to.put(entry.getKey(), entry.getValue());
      eldest.remove();
    }
    return silent;
  }

  private void count() {
    counts = new Counts(fresh.size(), stale.size(), lost.size());
  }
}
