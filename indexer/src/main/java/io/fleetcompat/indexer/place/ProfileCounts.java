package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.avro.Placement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The number of hosts of a partition that have each profile. It follows from the stored placements
 * alone: it is counted anew from them at each start, and moves with each that is stored, so neither
 * a replay nor a crash can skew it. Kept in memory, since a store of it would be written for every
 * profile of every document. One stream thread.
 */
final class ProfileCounts {

  private final Map<Fingerprint, Integer> counts = new HashMap<>();

  /**
   * @param appeared profiles that the partition did not have
   * @param vanished profiles that it has no more
   */
  record Change(List<Fingerprint> appeared, List<Fingerprint> vanished) {}

  /** A host that is stored. */
  void known(Placement placement) {
    profiles(Optional.of(placement)).forEach(profile -> add(profile, 1));
  }

  /** True where a host of the partition has it. */
  boolean has(Fingerprint profile) {
    return counts.containsKey(profile);
  }

  /** Moves a host from the profiles of one placement to those of another. */
  Change move(Optional<Placement> before, Optional<Placement> after) {
    Set<Fingerprint> had = profiles(before);
    Set<Fingerprint> has = profiles(after);
    List<Fingerprint> appeared = new ArrayList<>();
    List<Fingerprint> vanished = new ArrayList<>();
    for (Fingerprint fingerprint : without(has, had)) {
      if (add(fingerprint, 1) == 1) {
        appeared.add(fingerprint);
      }
    }
    for (Fingerprint fingerprint : without(had, has)) {
      if (add(fingerprint, -1) == 0) {
        vanished.add(fingerprint);
      }
    }
    return new Change(appeared, vanished);
  }

  private int add(Fingerprint fingerprint, int difference) {
    int count = counts.getOrDefault(fingerprint, 0) + difference;
    if (count < 0) {
      throw new IllegalStateException("expected a host with profile " + fingerprint);
    }
    if (count == 0) {
      counts.remove(fingerprint);
    } else {
      counts.put(fingerprint, count);
    }
    return count;
  }

  private static Set<Fingerprint> profiles(Optional<Placement> placement) {
    Set<Fingerprint> profiles = new TreeSet<>();
    placement.ifPresent(
        p -> p.getProfiles().forEach(bytes -> profiles.add(Fingerprint.of(bytes.bytes()))));
    return profiles;
  }

  private static Set<Fingerprint> without(Set<Fingerprint> all, Collection<Fingerprint> these) {
    Set<Fingerprint> rest = new TreeSet<>(all);
    rest.removeAll(these);
    return rest;
  }
}
