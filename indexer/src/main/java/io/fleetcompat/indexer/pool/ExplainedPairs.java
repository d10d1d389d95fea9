package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Verdicts with their reasons that were asked for lately: a pool with stranded endpoints asks for
 * the same ones at each of its changes. Bounded; one stream thread.
 */
final class ExplainedPairs {

  private static final int MAX_KEPT = 5000;
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<Pair, Verdict> kept =
      new LinkedHashMap<>(MAX_KEPT, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Verdict> eldest) {
          return size() > MAX_KEPT;
        }
      };

  private record Pair(String pool, Fingerprint source, Fingerprint destination) {}

  Verdict get(String pool, Fingerprint source, Fingerprint destination, Supplier<Verdict> judge) {
    return kept.computeIfAbsent(new Pair(pool, source, destination), _ -> judge.get());
  }

  /** Forgets all of them: something that they depend on has changed. */
  void clear() {
    kept.clear();
  }
}
