package io.fleetcompat.cli.faults;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.verify.OracleAsker;
import io.fleetcompat.testing.Await;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code src/test/resources/faults}: while its fault lasts, and hosts change, no
 * answer says what the oracle does not say of what the hosts lately were; after it, all answers are
 * the oracle's within the bound that is promised. One alone: {@code -Dfaults.only=NAME}.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
abstract class PlayedScenarios {

  private static final long SEED = 20261127;
  private static final Duration BEYOND = Duration.ofMinutes(2);
  private static final Results RESULTS = new Results();

  @TempDir Path directory;

  /**
   * Such scenarios by the stage that they need: one is started for all that need the same. The
   * stages with the most scenarios come last: the start of one takes the processors for longer than
   * what is played on it.
   */
  static Collection<List<Scenario>> stages(Predicate<Scenario> which) {
    String only = System.getProperty("faults.only", "");
    return Scenario.all().stream()
        .filter(which.and(one -> only.isEmpty() || one.name().matches(only)))
        .collect(groupingBy(Scenario::parts, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .sorted(comparing(List::size))
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true) // where one alone is asked for
  @MethodSource("scenarios")
  @Execution(ExecutionMode.SAME_THREAD)
  void noAnswerIsWrongMeanwhileAndAllAreRightWithinTheBound(List<Scenario> ofOneStage)
      throws Exception {
    Scenario first = ofOneStage.getFirst();
    try (Stage stage = Stage.start(directory, first.parts(), version(first), SEED)) {
      assertThat(Brokers.copies(stage.bootstrapServers()))
          .as("copies of topics")
          .containsOnly(first.parts().brokers());
      for (Scenario scenario : ofOneStage) {
        play(scenario, stage);
      }
    }
  }

  private static void play(Scenario scenario, Stage stage) throws Exception {
    long begin = System.nanoTime();
    stage.beginAnew();
    long logged = stage.logBytes();
    long ended = new Play(stage).run(scenario.steps());
    // Waits longer than was promised, to tell by how much.
    Duration seen = stage.awaitRight(ended, scenario.promised().plus(BEYOND));
    stage.visitors().leave();
    long bytes = stage.logBytes() - logged;
    assertThat(stage.visitors().findings())
        .as("what visitors have found in " + scenario.name())
        .isEmpty();
    for (OracleAsker asker : stage.askers()) {
      assertThat(asker.wrong()).as("wrong answers in %s, seed %d", scenario.name(), SEED).isEmpty();
      assertThat(asker.count("COMPATIBLE")).as("some yes in " + scenario.name()).isPositive();
      assertThat(asker.hostsWithYes()).as("some yes each").containsAll(stage.hostile().names());
    }
    for (URI api : stage.apis().values()) {
      Await.until(
          "fleetcompat verify to agree after " + scenario.name(),
          scenario.parts().pools(),
          () -> Run.of("verify", "--fleet", stage.fleet().toString(), "--api", api.toString()),
          verified -> verified.status() == 0);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    RESULTS.add(scenario, seen, took, bytes, stage);
    assertThat(seen).as("bound of " + scenario.name()).isLessThanOrEqualTo(scenario.promised());
  }

  private static List<String> version(Scenario scenario) throws Exception {
    return scenario.parts().before() ? VersionBefore.command() : CommandPart.thisVersion();
  }
}
