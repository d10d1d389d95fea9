package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The vectors of the rules, each as two trees on disk: read, placed and judged. */
class VectorsTest {

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException {
    return Vector.tests(this::check);
  }

  private void check(Vector vector) throws IOException {
    ReadVector read = ReadVector.of(vector, directory);
    Judge judge = read.judge();
    Profile from = Profile.of(read.source());
    Profile to = Profile.of(read.destination());
    Verdict verdict = judge.judge(from, to).withValues(ObligationValues.of(read.source()));

    String why = vector.why() + "\n" + verdict;
    assertThat(verdict.outcome().name()).as(why).isEqualTo(vector.verdict());
    assertThat(judge.outcome(from, to)).as(why).isEqualTo(verdict.outcome());
    assertThat(rules(verdict.reasons(), reason -> reason.rule().toString()))
        .as(why)
        .isEqualTo(vector.rules());
    assertThat(rules(verdict.warnings(), warning -> warning.rule().toString()))
        .as(why)
        .isEqualTo(vector.warnings());
    Map<String, Optional<String>> obligations = new TreeMap<>();
    verdict.obligations().forEach(o -> obligations.put(o.attribute(), o.value()));
    vector.obligations().ifPresent(expected -> assertThat(obligations).as(why).isEqualTo(expected));
    vector
        .failure()
        .ifPresent(expected -> assertThat(verdict.failure().orElseThrow()).hasToString(expected));
    vector
        .decidedBy()
        .ifPresent(
            expected ->
                assertThat(verdict.decidedBy().orElseThrow().pack()).startsWith(expected + "@"));
  }

  private static <T> SortedSet<String> rules(List<T> found, Function<T, String> rule) {
    return found.stream().map(rule).collect(Collectors.toCollection(TreeSet::new));
  }
}
