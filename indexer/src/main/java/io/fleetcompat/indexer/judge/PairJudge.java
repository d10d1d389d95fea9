package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.FaultTraces;
import io.fleetcompat.indexer.report.IndexerMetrics;
import java.util.function.BiFunction;

/**
 * The judge of one pair at a time, which always gives an outcome: a pair on which our own code
 * fails is UNKNOWN, counted and said. Else one profile would keep all others from being judged. One
 * stream thread.
 */
final class PairJudge {

  private final BiFunction<Profile, Profile, Outcome> judge;
  private final IndexerMetrics metrics;
  private final FaultTraces traces = new FaultTraces();

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
      traces.log(
          () ->
              "the pair %s -> %s, which stays UNKNOWN"
                  .formatted(source.fingerprint(), destination.fingerprint()),
          e);
      return Outcome.UNKNOWN;
    }
  }
}
