package io.fleetcompat.indexer.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainedPairsTest {

  private final ExplainedPairs pairs = new ExplainedPairs();
  private final List<Integer> judged = new ArrayList<>();

  private static Fingerprint profile(int number) {
    byte[] bytes = new byte[16];
    bytes[14] = (byte) (number >> 8);
    bytes[15] = (byte) number;
    return Fingerprint.of(bytes);
  }

  private Obstacles get(int source, String why) {
    return pairs.get(
        "p",
        profile(source),
        profile(0),
        () -> {
          judged.add(source);
          Reason reason = Reason.Unjudged.absent(FixedRule.FACET_MISSING, why);
          return new Verdict(Outcome.UNKNOWN, List.of(reason), List.of(), List.of());
        });
  }

  @Test
  void aPairIsJudgedOnceAndEqualReasonsAreOneObject() {
    Obstacles first = get(1, "a");
    assertThat(get(1, "a")).isSameAs(first);
    assertThat(get(2, "a")).isSameAs(first);
    assertThat(get(3, "b")).isNotEqualTo(first);
    assertThat(judged).containsExactly(1, 2, 3);
  }

  @Test
  void afterAChangePairsAreJudgedAgain() {
    get(1, "a");
    pairs.clear();
    get(1, "a");
    assertThat(judged).containsExactly(1, 1);
  }

  @Test
  void longReasonsOfManyPairsAreForgottenBeforeTheyFillTheMemory() {
    for (int source = 1; source <= 400; source++) {
      get(source, source + "x".repeat(100_000));
    }
    judged.clear();
    get(1, 1 + "x".repeat(100_000));
    get(400, 400 + "x".repeat(100_000));
    assertThat(judged).as("the first is forgotten, the last is kept").containsExactly(1);
  }
}
