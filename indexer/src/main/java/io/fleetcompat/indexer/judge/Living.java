package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.store.CensusKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which partitions have which profile, and since when nobody has those that nobody has. In memory,
 * rebuilt at the start from the stored census. One stream thread.
 */
final class Living {

  private final Map<Fingerprint, TreeSet<Integer>> partitions = new HashMap<>();

  /** In order of time. */
  private final Map<Fingerprint, Long> deadSince = new LinkedHashMap<>();

  void present(CensusKey key) {
    partitions.computeIfAbsent(key.fingerprint(), added -> new TreeSet<>()).add(key.partition());
    deadSince.remove(key.fingerprint());
  }

  void absent(CensusKey key, long now) {
    TreeSet<Integer> having = partitions.get(key.fingerprint());
    if (having == null || !having.remove(key.partition()) || !having.isEmpty()) {
      return;
    }
    partitions.remove(key.fingerprint());
    dead(key.fingerprint(), now);
  }

  /** Nobody has it. */
  void dead(Fingerprint fingerprint, long now) {
    deadSince.putIfAbsent(fingerprint, now);
  }

  boolean has(Fingerprint fingerprint) {
    return partitions.containsKey(fingerprint);
  }

  /** Some census key of a profile that somebody has. */
  Optional<CensusKey> somewhere(Fingerprint fingerprint) {
    return Optional.ofNullable(partitions.get(fingerprint))
        .map(having -> new CensusKey(having.getFirst(), fingerprint));
  }

  /** Up to so many profiles that nobody has had for that long; they are forgotten here. */
  List<Fingerprint> takeDead(Duration grace, long now, int most) {
    List<Fingerprint> dead = new ArrayList<>();
    Iterator<Map.Entry<Fingerprint, Long>> eldest = deadSince.entrySet().iterator();
    while (dead.size() < most && eldest.hasNext()) {
      Map.Entry<Fingerprint, Long> entry = eldest.next();
      if (now - entry.getValue() < grace.toMillis()) {
        break;
      }
      dead.add(entry.getKey());
      eldest.remove();
    }
    return dead;
  }
}
