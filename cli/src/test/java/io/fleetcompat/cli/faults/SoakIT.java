package io.fleetcompat.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.verify.OracleAsker;
import io.fleetcompat.settings.Times;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Faults by chance, one after the other, for {@code -Dfaults.soak} (10 min), by {@code
 * -Dfaults.seed}: no answer is wrong, all are right again after each minute of faults, and what the
 * processes take of the machine does not grow.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Order(4)
class SoakIT {

  private static final Duration HEALED_WITHIN = Duration.ofSeconds(60);
  private static final Duration ROUND = Duration.ofSeconds(60);
  private static final Path SEEN = Path.of("target/faults-soak.md");

  @TempDir Path directory;

  @Test
  void faultsByChanceLeaveNothingBehind() throws Exception {
    Duration length = Times.parse(System.getProperty("faults.soak", "10m"));
    long seed = Long.getLong("faults.seed", System.nanoTime() & 0xffffff);
    Random random = new Random(seed);
    boolean network = Network.isAllowed();
    Scenario.Parts parts =
        Scenario.Parts.parse("brokers=1 indexers=2 apis=2" + (network ? " network" : ""));
    RandomFaults faults = new RandomFaults(random, network);
    Usage usage = new Usage();
    List<String> done = new ArrayList<>();
    try (Stage stage = Stage.start(directory, parts, CommandPart.thisVersion(), seed)) {
      Play play = new Play(stage);
      usage.measure(stage.ours());
      long end = System.nanoTime() + length.toNanos();
      while (System.nanoTime()
          < end - ROUND.toNanos() / 2) { // the next would be more over than this under
        List<Step> round = faults.round(ROUND);
        done.add(round.toString());
        long ended = play.run(round);
        Duration healed = stage.awaitRight(ended, HEALED_WITHIN);
        done.add("right after %.1f s".formatted(healed.toMillis() / 1000.0));
        assertRight(stage, seed, done);
        usage.measure(stage.ours());
      }
      Files.writeString(
          SEEN,
          "Seed %d, %d rounds, logged %d kB, network %s%n%n%s%n%s%n"
              .formatted(
                  seed,
                  done.size() / 2,
                  stage.logBytes() / 1000,
                  network,
                  usage.table(),
                  String.join("\n", done)));
      assertThat(usage.grown()).as("what grows, seed " + seed).isEmpty();
    } catch (AssertionError e) {
      throw new AssertionError("seed %d, done: %s".formatted(seed, done), e);
    }
  }

  private static void assertRight(Stage stage, long seed, List<String> done) {
    for (OracleAsker asker : stage.askers()) {
      assertThat(asker.wrong()).as("wrong answers, seed %d: %s", seed, done).isEmpty();
    }
  }
}
