package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The profiles that no host has, and since when; they are kept for a while, since hosts come back.
 * In memory: after a start they are kept anew. One stream thread.
 */
final class DeadProfiles {

  /** Most profiles that are given out at once; the others follow. */
  private static final int MAX_TAKEN = 1000;

  private final Duration keptFor;

  /** The time since which each is dead, in order of time. */
  private final Map<Fingerprint, Long> since = new LinkedHashMap<>();

  DeadProfiles(Duration keptFor) {
    this.keptFor = keptFor;
  }

  /** No host has it, from now on at the latest. */
  void add(Fingerprint fingerprint, long now) {
    since.putIfAbsent(fingerprint, now);
  }

  /** A host has it again. */
  void remove(Fingerprint fingerprint) {
    since.remove(fingerprint);
  }

  /** Those that were kept long enough, up to a bound; they are no longer here. */
  List<Fingerprint> take(long now) {
    List<Fingerprint> taken = new ArrayList<>();
    Iterator<Map.Entry<Fingerprint, Long>> eldest = since.entrySet().iterator();
    while (taken.size() < MAX_TAKEN && eldest.hasNext()) {
      Map.Entry<Fingerprint, Long> entry = eldest.next();
      if (now - entry.getValue() < keptFor.toMillis()) {
        break;
      }
      taken.add(entry.getKey());
      eldest.remove();
    }
    return taken;
  }
}
