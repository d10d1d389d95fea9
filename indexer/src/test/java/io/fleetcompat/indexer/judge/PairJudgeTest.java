package io.fleetcompat.indexer.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PairJudgeTest {

  private static final Profile OLDER = Profiles.ofVersion("1.0.0");
  private static final Profile NEWER = Profiles.ofVersion("1.1.0");

  private static final List<Supplier<Outcome>> FAULTS =
      List.of(
          () -> {
            throw new IllegalStateException("ours");
          },
          () -> {
            throw new StackOverflowError();
          });

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final IndexerMetrics metrics = new IndexerMetrics(registry);

  @Test
  void aPairOnWhichOurCodeFailsIsUnknownAndCountedAndTheOthersAreJudged() {
    for (Supplier<Outcome> fault : FAULTS) {
      PairJudge judge =
          new PairJudge(
              (source, destination) ->
                  source.equals(destination) ? Outcome.COMPATIBLE : fault.get(),
              metrics);
      assertThat(judge.outcome(OLDER, NEWER)).isEqualTo(Outcome.UNKNOWN);
      assertThat(judge.outcome(OLDER, OLDER)).isEqualTo(Outcome.COMPATIBLE);
    }
    assertThat(registry.get("fleetcompat.indexer.judge.faults").counter().count()).isEqualTo(2);
  }
}
