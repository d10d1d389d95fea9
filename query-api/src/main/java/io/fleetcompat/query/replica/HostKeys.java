package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a host adds to a membership.
 *
 * @param host its number
 * @param present false for a host that is not there: it adds nothing
 * @param fresh whether the indexer holds it fresh
 * @param slots of its endpoints' profiles, by index
 * @param keys of its endpoints, by index
 */
@SuppressWarnings("ArrayRecordComponent") // never changed
record HostKeys(int host, boolean present, boolean fresh, int[] slots, long[] keys) {

  static HostKeys of(int id, @Nullable Host host) {
    if (host == null) {
      return absent(id);
    }
    EndpointTable endpoints = host.placed().endpoints();
    int[] rooms = host.capacities().rooms(endpoints);
    long[] keys = new long[rooms.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = CandidateKey.of(rooms[i], id, i);
    }
    return new HostKeys(id, true, host.placed().isFresh(), endpoints.slots(), keys);
  }

  static HostKeys absent(int id) {
    return new HostKeys(id, false, false, new int[0], new long[0]);
  }

  int size() {
    return keys.length;
  }

  /** True where both have that endpoint in the same place of the same set. */
  boolean sameAt(int index, HostKeys other) {
    return index < size()
        && index < other.size()
        && fresh == other.fresh
        && slots[index] == other.slots[index]
        && keys[index] == other.keys[index];
  }

  /** Slots of this host that the other has not, each once, sorted. */
  int[] slotsNotOf(HostKeys other) {
    if (Arrays.equals(slots, other.slots)) {
      return new int[0];
    }
    int[] theirs = other.slots.clone();
    Arrays.sort(theirs);
    int[] ours = slots.clone();
    Arrays.sort(ours);
    int[] only = new int[ours.length];
    int n = 0;
    for (int i = 0; i < ours.length; i++) {
      boolean first = i == 0 || ours[i] != ours[i - 1];
      if (first && Arrays.binarySearch(theirs, ours[i]) < 0) {
        only[n++] = ours[i];
      }
    }
    return Arrays.copyOf(only, n);
  }
}
