package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.schemas.avro.Placement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The number of hosts of a partition that have each profile. A count moves by the difference of two
 * stored placements, in the transaction that stores the second, so neither a replay nor a crash can
 * skew it. One stream thread.
 */
final class ProfileCounts {

  private final KeyValueStore<Bytes, byte[]> store;

  ProfileCounts(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * @param appeared profiles that the partition did not have
   * @param vanished profiles that it has no more
   */
  record Change(List<Fingerprint> appeared, List<Fingerprint> vanished) {}

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
    Bytes key = Bytes.wrap(fingerprint.bytes());
    byte[] stored = store.get(key);
    int count = (stored == null ? 0 : ByteBuffer.wrap(stored).getInt()) + difference;
    if (count < 0) {
      throw new IllegalStateException("expected a host with profile " + fingerprint);
    }
    store.put(key, count == 0 ? null : ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
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
