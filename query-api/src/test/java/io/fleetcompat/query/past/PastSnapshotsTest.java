package io.fleetcompat.query.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.past.PastSnapshots.Answer;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Snapshots of the past are made one at a time; those that were made before are there at once. */
class PastSnapshotsTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Instant BEGAN = NOW.minusSeconds(3600);

  private final SlowLog log = new SlowLog();
  private final PastSnapshots snapshots = snapshots();

  /** A log in which nothing has changed, where a test says how long it takes to tell. */
  private static final class SlowLog implements ChangeLog {
    final AtomicInteger asked = new AtomicInteger();
    volatile CountDownLatch answers = new CountDownLatch(0);

    @Override
    public Optional<Instant> completeSince() {
      return Optional.of(BEGAN);
    }

    @Override
    public boolean awaitCurrent(Duration atMost) throws InterruptedException {
      asked.incrementAndGet();
      return answers.await(1, TimeUnit.MINUTES);
    }

    @Override
    public long undo(long after, Undo undo) {
      return 0;
    }
  }

  private PastSnapshots snapshots() {
    Replica replica = new Replica(IndexView.empty());
    replica.publish(new Snapshot(IndexView.empty(), 1, NOW.toEpochMilli(), 0, true));
    return new PastSnapshots(
        replica, log, new Topics("", 1, (short) 1), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Snapshot find(long secondsAgo) throws InterruptedException {
    Answer answer = snapshots.at(NOW.minusSeconds(secondsAgo));
    assertThat(answer).isInstanceOf(Answer.Found.class);
    return ((Answer.Found) answer).snapshot();
  }

  @Test
  void oneThatIsKeptDoesNotWaitForAnotherThatIsMade() throws Exception {
    Snapshot kept = find(10);
    log.answers = new CountDownLatch(1);
    FutureTask<Snapshot> slow = new FutureTask<>(() -> find(20));
    Thread.ofPlatform().daemon().start(slow);
    Await.until("another is being made", () -> log.asked.get() == 2);
    assertThat(find(10)).isSameAs(kept);
    assertThat(slow.isDone()).isFalse();
    log.answers.countDown();
    assertThat(slow.get(1, TimeUnit.MINUTES).asOf()).isEqualTo(NOW.minusSeconds(20).toEpochMilli());
  }

  @Test
  void theLastThatWereAskedForAreKept() throws Exception {
    for (int n = 0; n < PastSnapshots.MOST; n++) {
      find(n);
    }
    find(0);
    find(PastSnapshots.MOST);
    assertThat(log.asked).hasValue(PastSnapshots.MOST + 1);
    find(0);
    assertThat(log.asked).as("it is kept").hasValue(PastSnapshots.MOST + 1);
    find(1);
    assertThat(log.asked).as("it was the eldest").hasValue(PastSnapshots.MOST + 2);
  }

  @Test
  void whatIsNotPastOrNotKnownIsRefused() throws Exception {
    assertThat(snapshots.at(NOW.plusMillis(1))).isInstanceOf(Answer.Ahead.class);
    assertThat(snapshots.at(BEGAN.minusMillis(1))).isInstanceOf(Answer.TooOld.class);
  }
}
