package io.fleetcompat.indexer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final TopicPartition ONE = new TopicPartition("host-inventory", 0);
  private static final TopicPartition OTHER = new TopicPartition("host-inventory", 1);

  private final Backlog backlog = new Backlog();
  private long now;

  @Test
  void whatIsDoneDoesNotWait() {
    assertThat(look(10, 10, 0)).isEmpty();
    assertThat(look(10, 10, 0)).isEmpty();
  }

  @Test
  void recordsWaitFromTheFirstLookThatSawThem() {
    assertThat(look(10, 12, 0)).containsEntry(ONE, Duration.ZERO);
    assertThat(look(10, 15, 0)).containsEntry(ONE, Duration.ofSeconds(1));
    assertThat(look(10, 15, 0)).containsEntry(ONE, Duration.ofSeconds(2));
  }

  @Test
  void aCommitIsProgress() {
    look(10, 12, 0);
    assertThat(look(11, 99, 0)).containsEntry(ONE, Duration.ZERO);
    assertThat(look(99, 99, 0)).isEmpty();
    assertThat(look(99, 100, 0)).containsEntry(ONE, Duration.ZERO);
  }

  @Test
  void restoringStateIsProgress() {
    look(10, 12, 0);
    assertThat(look(10, 12, 500)).containsEntry(ONE, Duration.ZERO);
    assertThat(look(10, 12, 500)).containsEntry(ONE, Duration.ofSeconds(1));
  }

  @Test
  void whatIsKnownToBeNothingDoesNotWaitUntilMoreComes() {
    look(10, 11, 0);
    backlog.nothingBefore(ONE, 11);
    assertThat(look(10, 11, 0)).isEmpty();
    assertThat(look(10, 12, 0)).containsEntry(ONE, Duration.ZERO);
  }

  @Test
  void aPartitionOfWhichNothingWasEverDoneWaits() {
    Positions never = new Positions(Map.of(), Map.of(ONE, 1L));
    backlog.look(never, 0, 0);
    assertThat(backlog.look(never, 0, Duration.ofMinutes(1).toNanos()))
        .containsEntry(ONE, Duration.ofMinutes(1));
  }

  @Test
  void onePartitionsProgressIsNotAnothers() {
    look(10, 12, 0);
    Positions both = new Positions(Map.of(ONE, 10L, OTHER, 6L), Map.of(ONE, 12L, OTHER, 7L));
    assertThat(backlog.look(both, 0, now))
        .containsEntry(ONE, Duration.ofSeconds(1))
        .containsEntry(OTHER, Duration.ZERO);
  }

  /** A look, one second after the one before. */
  private Map<TopicPartition, Duration> look(long committed, long end, long restored) {
    Positions positions = new Positions(Map.of(ONE, committed), Map.of(ONE, end));
    Map<TopicPartition, Duration> waiting = backlog.look(positions, restored, now);
    now += Duration.ofSeconds(1).toNanos();
    return waiting;
  }
}
