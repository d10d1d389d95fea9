package io.fleetcompat.query.replica;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * The hosts that a batch touched, ranked by name, so that their keys can be sorted as plain longs.
 */
final class TouchedHosts {

  private final Integer[] byRank;
  private final Map<Integer, Integer> ranks;

  TouchedHosts(Iterable<Integer> ids, int count, Dictionary<String> names) {
    byRank = new Integer[count];
    int n = 0;
    for (int id : ids) {
      byRank[n++] = id;
    }
    Arrays.sort(byRank, Comparator.comparing(names::name));
    ranks = HashMap.newHashMap(count);
    for (int rank = 0; rank < count; rank++) {
      ranks.put(byRank[rank], rank);
    }
  }

  /** Sorts keys of these hosts in place, in the order of candidates. */
  long[] sort(long[] keys) {
    if (keys.length < 2) {
      return keys;
    }
    for (int i = 0; i < keys.length; i++) {
      int rank = ranks.getOrDefault(CandidateKey.host(keys[i]), -1);
      keys[i] = CandidateKey.withHost(keys[i], rank);
    }
    Arrays.sort(keys);
    for (int i = 0; i < keys.length; i++) {
      keys[i] = CandidateKey.withHost(keys[i], byRank[CandidateKey.host(keys[i])]);
    }
    return keys;
  }
}
