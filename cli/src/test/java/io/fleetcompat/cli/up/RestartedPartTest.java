package io.fleetcompat.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A part that dies as often as it likes, under a clock that the test moves. */
class RestartedPartTest {

  private final StringWriter said = new StringWriter();
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // as System.nanoTime may be
  private final List<Duration> starts = new ArrayList<>();
  private boolean dead;
  private boolean startsFail;
  private Optional<String> lack = Optional.empty();
  private final RestartedPart part =
      new RestartedPart(
          "part",
          () -> dead,
          this::start,
          () -> lack,
          new Progress(new PrintWriter(said)),
          nanos::get);

  private void start() throws IOException {
    starts.add(Duration.ofNanos(nanos.get() - (Long.MAX_VALUE - 5)));
    if (startsFail) {
      throw new IOException("no start\n  the end of a log");
    }
    dead = false;
  }

  @Test
  void aPartThatRunsIsLeftAlone() throws Exception {
    assertThat(part.look()).isTrue();
    assertThat(starts).isEmpty();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void itIsStartedAtOnceAndThenAfterPausesThatGrowUpToABoundForEver() throws Exception {
    int deaths = 200;
    for (int death = 0; death < deaths; death++) {
      dead = true;
      while (!part.look()) {
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
      }
    }
    assertThat(starts).hasSize(deaths);
    List<Duration> pauses = new ArrayList<>();
    for (int i = 1; i < deaths; i++) {
      pauses.add(starts.get(i).minus(starts.get(i - 1)));
    }
    assertThat(starts.getFirst()).isZero();
    assertThat(pauses)
        .startsWith(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16))
        .endsWith(RestartPauses.LONGEST);
    assertThat(said.toString().lines().filter(line -> line.contains("the part runs again")))
        .hasSize(deaths);
  }

  @Test
  void onePartThatRanForAWhileIsStartedAtOnceAgain() throws Exception {
    for (int death = 0; death < 3; death++) {
      dead = true;
      assertThat(part.look()).as("death " + death).isTrue();
      nanos.addAndGet(RestartPauses.STEADY.toNanos());
    }
    assertThat(starts).hasSize(3);
  }

  @Test
  void aStartThatFailsIsTriedAgainAndSaidInALine() throws Exception {
    dead = true;
    startsFail = true;
    assertThat(part.look()).isFalse();
    assertThat(part.look()).isFalse();
    assertThat(starts).hasSize(1);
    startsFail = false;
    nanos.addAndGet(RestartPauses.FIRST.toNanos());
    assertThat(part.look()).isTrue();
    assertThat(said.toString())
        .contains("the part could not be started (no start): starting it again in 0.5 s")
        .doesNotContain("the end of a log");
  }

  @Test
  void pausesGrowForAPartThatRanForLongAndCannotBeStarted() throws Exception {
    nanos.addAndGet(RestartPauses.STEADY.toNanos());
    dead = true;
    startsFail = true;
    for (int second = 0; second < 600; second++) {
      assertThat(part.look()).isFalse();
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(starts).hasSizeBetween(15, 26);
  }

  @Test
  void itWaitsForRoomAndSaysSoOnceAMinute() throws Exception {
    dead = true;
    lack = Optional.of("found nothing");
    for (int second = 0; second < 121; second++) {
      assertThat(part.look()).isFalse();
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
    assertThat(starts).isEmpty();
    assertThat(said.toString().lines().filter(line -> line.contains("found nothing"))).hasSize(3);
    lack = Optional.empty();
    assertThat(part.look()).isTrue();
    assertThat(said.toString()).contains("there is room on the disk again");
  }
}
