package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waiting for a snapshot. */
class ReplicaTest {

  private final Replica replica = new Replica(IndexView.empty());

  private static Snapshot snapshot(long revision) {
    return new Snapshot(IndexView.empty(), revision, 0, 0, true);
  }

  @Test
  void whoWaitedGetsTheSnapshotThatWasEnoughAlthoughAnotherFollowsAtOnce() throws Exception {
    Snapshot enough = snapshot(7);
    replica.publish(enough);
    assertThat(
            replica.await(
                each -> {
                  replica.publish(snapshot(0)); // as where the index is read again
                  return each.revision() == 7;
                },
                Duration.ofMinutes(1)))
        .containsSame(enough);
  }

  @Test
  void whoWaitsInVainGetsNone() throws Exception {
    replica.publish(snapshot(6));
    assertThat(replica.await(each -> each.revision() == 7, Duration.ofMillis(1))).isEmpty();
  }
}
