package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.OverridingJudge;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.FaultTraces;
import io.fleetcompat.indexer.report.IndexerMetrics;
import java.util.List;
import java.util.Optional;

/**
 * The judge of pairs of profiles of one pool, as answers have the verdict. A pair of which a
 * profile is not known, and one on which our own code fails, is UNKNOWN. One stream thread.
 *
 * @param judge empty where no rules are in force: then nothing is asked of it
 * @param explained reasons of all pools that were asked for lately
 */
record PoolJudge(
    String pool,
    PoolInputs inputs,
    Optional<OverridingJudge> judge,
    ExplainedPairs explained,
    IndexerMetrics metrics,
    FaultTraces traces)
    implements PoolPairs.PairVerdicts {

  @Override
  public Outcome outcome(Fingerprint source, Fingerprint destination) {
    Optional<Profile> from = inputs.profile(source);
    Optional<Profile> to = inputs.profile(destination);
    return from.isEmpty() || to.isEmpty() ? Outcome.UNKNOWN : outcome(from.get(), to.get());
  }

  @SuppressWarnings("IllegalCatch") // whatever our own code throws
  private Outcome outcome(Profile source, Profile destination) {
    try {
      return rules().outcome(source, destination);
    } catch (RuntimeException | StackOverflowError e) {
      return fault(source, destination, e).outcome();
    }
  }

  @Override
  public Obstacles obstacles(Fingerprint source, Fingerprint destination) {
    Optional<Profile> from = inputs.profile(source);
    Optional<Profile> to = inputs.profile(destination);
    return from.isEmpty() || to.isEmpty()
        ? Obstacles.of(notIndexed("the content of a profile is not there yet"))
        : explained.get(pool, source, destination, () -> verdict(from.get(), to.get()));
  }

  @SuppressWarnings("IllegalCatch") // whatever our own code throws
  private Verdict verdict(Profile source, Profile destination) {
    try {
      return rules().verdict(source, destination);
    } catch (RuntimeException | StackOverflowError e) {
      return fault(source, destination, e);
    }
  }

  private OverridingJudge rules() {
    return judge.orElseThrow(() -> new IllegalStateException("no rules are in force"));
  }

  private Verdict fault(Profile source, Profile destination, Throwable fault) {
    metrics.judgeFault();
    traces.log(
        () ->
            "the pair %s -> %s in a pool, which stays UNKNOWN"
                .formatted(source.fingerprint(), destination.fingerprint()),
        fault);
    return notIndexed("the judge failed on this pair");
  }

  private static Verdict notIndexed(String why) {
    Reason reason = Reason.Unjudged.absent(FixedRule.NOT_INDEXED, why);
    return new Verdict(Outcome.UNKNOWN, List.of(reason), List.of(), List.of());
  }
}
