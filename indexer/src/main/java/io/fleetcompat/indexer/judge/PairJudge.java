package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import java.time.Duration;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The judge of one pair at a time, which always gives an outcome: a pair on which our own code
 * fails is UNKNOWN, counted and said. Else one profile would keep all others from being judged. One
 * stream thread.
 */
final class PairJudge {

  /** Between two stack traces. */
  private static final Duration BETWEEN_TRACES = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(PairJudge.class);

  private final BiFunction<Profile, Profile, Outcome> judge;
  private final IndexerMetrics metrics;
  private long traced = System.nanoTime() - BETWEEN_TRACES.toNanos();

  PairJudge(BiFunction<Profile, Profile, Outcome> judge, IndexerMetrics metrics) {
    this.judge = judge;
    this.metrics = metrics;
  }

  @SuppressWarnings("IllegalCatch") // whatever our own code throws
  Outcome outcome(Profile source, Profile destination) {
    try {
      return judge.apply(source, destination);
    } catch (RuntimeException | StackOverflowError e) {
      metrics.judgeFault();
      trace(source, destination, e);
      return Outcome.UNKNOWN;
    }
  }

  private void trace(Profile source, Profile destination, Throwable fault) {
    long now = System.nanoTime();
    if (now - traced >= BETWEEN_TRACES.toNanos()) {
      traced = now;
      LOG.error(
          "our own code failed on the pair {} -> {}, which stays UNKNOWN; please report it",
          source.fingerprint(),
          destination.fingerprint(),
          fault);
    }
  }
}
