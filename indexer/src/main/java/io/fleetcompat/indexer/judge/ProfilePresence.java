package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.CensusKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The partitions that have each profile. In memory, rebuilt at the start from the stored census.
 * One stream thread.
 */
final class ProfilePresence {

  private final Map<Fingerprint, TreeSet<Integer>> partitions = new HashMap<>();

  void add(CensusKey key) {
    Fingerprint profile = Fingerprint.parse(key.profile());
    partitions.computeIfAbsent(profile, added -> new TreeSet<>()).add(key.partition());
  }

  /** Removes one partition of a profile; true where it was the last one that had the profile. */
  boolean removeLast(CensusKey key) {
    Fingerprint profile = Fingerprint.parse(key.profile());
    TreeSet<Integer> having = partitions.get(profile);
    if (having == null || !having.remove(key.partition()) || !having.isEmpty()) {
      return false;
    }
    partitions.remove(profile);
    return true;
  }

  /** True where any partition has it. */
  boolean has(Fingerprint fingerprint) {
    return partitions.containsKey(fingerprint);
  }

  /** Some census key of a profile that a partition has. */
  Optional<CensusKey> somewhere(Fingerprint fingerprint) {
    return Optional.ofNullable(partitions.get(fingerprint))
        .map(having -> new CensusKey(having.getFirst(), fingerprint.toString()));
  }
}
