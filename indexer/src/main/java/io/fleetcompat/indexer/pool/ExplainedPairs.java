package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.HashMap;
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

  /** Most characters of different reasons together, each of which is counted as some more. */
  private static final int MAX_CHARACTERS = 16 << 20;

  private static final int OVERHEAD = 500;
  private static final int INITIAL = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<Pair, Obstacles> kept =
      new LinkedHashMap<>(INITIAL, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, Obstacles> eldest) {
          return size() > MAX_KEPT;
        }
      };

  /** Equal ones are kept once. */
  private final Map<Obstacles, Obstacles> different = new HashMap<>();

  private int characters;

  private record Pair(String pool, Fingerprint source, Fingerprint destination) {}

  Obstacles get(String pool, Fingerprint source, Fingerprint destination, Supplier<Verdict> judge) {
    Pair pair = new Pair(pool, source, destination);
    Obstacles known = kept.get(pair);
    if (known == null) {
      known = once(Obstacles.of(judge.get()));
      kept.put(pair, known);
    }
    return known;
  }

  private Obstacles once(Obstacles obstacles) {
    Obstacles same = different.get(obstacles);
    if (same != null) {
      return same;
    }
    int size = obstacles.characters() + OVERHEAD;
    if (characters + size > MAX_CHARACTERS) {
      clear();
    }
    characters += size;
    different.put(obstacles, obstacles);
    return obstacles;
  }

  /** Forgets all of them: something that they depend on has changed, or there is no more room. */
  void clear() {
    kept.clear();
    different.clear();
    characters = 0;
  }
}
