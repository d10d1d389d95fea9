package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.replica.Asked;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptVerdictsTest {

  private static final RuleSet RULES = new RuleSet(1, Set.of(), RulePacks.builtIn());

  @Test
  void aSmallHeapHasRoomForAPartOfThem() {
    long small = 128L << 20;
    assertThat(KeptVerdicts.bytes(small) + SourceRankings.bytes(small))
        .isLessThanOrEqualTo(small / 8);
    long usual = 800L << 20;
    assertThat(KeptVerdicts.bytes(usual)).isEqualTo(KeptVerdicts.MAX_BYTES);
    assertThat(SourceRankings.bytes(usual)).isEqualTo(SourceRankings.MAX_BYTES);
  }

  @Test
  void whatWasKeptIsFoundUnderWhatItWasMadeOfAlone() {
    KeptVerdicts<WrittenVerdict> kept = new KeptVerdicts<>(16, 1 << 20);
    PairVerdict<WrittenVerdict> verdict = verdict(7);
    kept.keep(7, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of(), verdict);
    assertThat(kept.find(7, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of())).isSameAs(verdict);
    assertThat(kept.find(8, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of())).isNull();
    assertThat(kept.find(7, Cell.COMPATIBLE, Asked.NOBODY, RULES, List.of())).isNull();
    RuleSet equal = new RuleSet(1, new TreeSet<>(), RulePacks.builtIn());
    assertThat(kept.find(7, Cell.UNKNOWN, Asked.NOBODY, equal, List.of())).isSameAs(verdict);
    RuleSet later = new RuleSet(2, Set.of(), RulePacks.builtIn());
    assertThat(kept.find(7, Cell.UNKNOWN, Asked.NOBODY, later, List.of()))
        .as("a later rule set")
        .isNull();
    RuleSet mutual = new RuleSet(1, Set.of(Policy.MUTUAL), RulePacks.builtIn());
    assertThat(kept.find(7, Cell.UNKNOWN, Asked.NOBODY, mutual, List.of()))
        .as("another policy")
        .isNull();
  }

  @Test
  void differentPairsNeverShareAnEntryHoweverFewPlacesThereAre() {
    KeptVerdicts<WrittenVerdict> kept = new KeptVerdicts<>(2, 1 << 20);
    for (int pair = 0; pair < 1000; pair++) {
      kept.keep(pair, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of(), verdict(pair));
      for (int other = Math.max(0, pair - 3); other <= pair; other++) {
        PairVerdict<WrittenVerdict> found =
            kept.find(other, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of());
        if (found != null) {
          assertThat(json(found)).contains("pair " + other + ";");
        }
      }
      assertThat(kept.find(pair, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of())).isNotNull();
    }
  }

  @Test
  void theyNeverTakeMoreThanTheBoundAndTheNewestStay() {
    int weight = verdict(1000).weight();
    KeptVerdicts<WrittenVerdict> kept = new KeptVerdicts<>(1 << 12, 100L * weight);
    for (int pair = 1000; pair < 9000; pair++) {
      kept.keep(pair, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of(), verdict(pair));
      assertThat(kept.bytes()).isLessThanOrEqualTo(100L * weight);
    }
    long found =
        IntStream.range(1000, 9000)
            .filter(pair -> kept.find(pair, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of()) != null)
            .count();
    assertThat(found * weight).isEqualTo(kept.bytes()).isGreaterThan(50L * weight);
  }

  @Test
  void theSumOfBytesIsRightWhicheverThreadsKeep() throws Exception {
    KeptVerdicts<WrittenVerdict> kept = new KeptVerdicts<>(64, 20_000);
    int weight = verdict(1000).weight();
    Callable<Void> task =
        () -> {
          for (int pair = 1000; pair < 6000; pair++) {
            kept.keep(pair, Cell.UNKNOWN, Asked.NOBODY, RULES, List.of(), verdict(pair));
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> done : threads.invokeAll(List.of(task, task, task, task))) {
        done.get();
      }
    }
    long copies = kept.bytes() / weight;
    assertThat(kept.bytes()).isEqualTo(copies * weight).isBetween(0L, 20_000L);
  }

  private static PairVerdict<WrittenVerdict> verdict(long pair) {
    return new PairVerdicts<>(WrittenVerdict.FORM).notIndexed("pair " + pair + ";");
  }

  private static String json(PairVerdict<WrittenVerdict> verdict) {
    JsonBytes json = new JsonBytes().open();
    verdict.form().writeMembers(json, Map.of());
    return json.close().toString();
  }
}
