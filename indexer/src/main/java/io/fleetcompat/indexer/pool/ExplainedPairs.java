package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reasons that were asked for lately: a pool with stranded endpoints asks for the same ones at each
 * of its changes. Bounded; one stream thread.
 */
final class ExplainedPairs {

  /** Most pairs: five pools ask for as many as they may, thousands for what they need. */
  private static final int MAX_KEPT = 50_000;

  /** Most different reasons that pairs share. */
  private static final int MAX_SHARED = 5000;

  private final Map<Pair, Obstacles> kept = new Lately<>(MAX_KEPT);
  private final Map<Obstacles, Obstacles> shared = new Lately<>(MAX_SHARED);

  private record Pair(String pool, Fingerprint source, Fingerprint destination) {}

  /** Entries of which those that were not asked for the longest are forgotten. */
  private static final class Lately<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;
    private static final int INITIAL = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final int most;

    Lately(int most) {
      super(INITIAL, LOAD_FACTOR, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }

  Obstacles get(String pool, Fingerprint source, Fingerprint destination, Supplier<Verdict> judge) {
    return kept.computeIfAbsent(
        new Pair(pool, source, destination),
        _ -> shared.computeIfAbsent(Obstacles.of(judge.get()), same -> same));
  }

  /** Forgets all of them: something that they depend on has changed. */
  void clear() {
    kept.clear();
    shared.clear();
  }
}
