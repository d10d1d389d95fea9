package io.fleetcompat.indexer.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Hosts whose name two collectors use. */
class TwinHostsTest {

  private static final long QUIET = 60_000;
  private static final long BEAT = 10_000;

  private final TwinHosts twins = new TwinHosts(Duration.ofMillis(QUIET));

  private boolean heard(long epoch, long at) {
    return twins.heard("h", epoch, at, at);
  }

  @Test
  void bothKeepComing() {
    long at = 0;
    assertThat(heard(7, at)).isFalse();
    assertThat(heard(3, at)).isFalse();
    assertThat(heard(7, at + BEAT)).isFalse();
    assertThat(heard(3, at + BEAT)).isFalse();
    assertThat(twins.contains("h")).isFalse();
    assertThat(heard(3, at + 2 * BEAT)).isTrue();
    assertThat(heard(3, at + 3 * BEAT)).as("told once").isFalse();
    assertThat(twins.contains("h")).isTrue();
    assertThat(twins.count()).isOne();
  }

  @Test
  void theLastWordsOfOneThatWasStartedAgainAreNone() {
    heard(3, 0);
    heard(7, 1000);
    heard(3, 1500);
    for (long at = BEAT; at < 10 * BEAT; at += BEAT) {
      assertThat(heard(7, at)).isFalse();
      assertThat(twins.ended(at)).isEmpty();
    }
    assertThat(heard(3, 20 * BEAT)).as("long after, once").isFalse();
    assertThat(twins.contains("h")).isFalse();
  }

  @Test
  void oneStartAfterTheOtherIsNone() {
    for (long epoch = 1; epoch < 50; epoch++) {
      assertThat(heard(epoch, epoch * BEAT)).isFalse();
    }
  }

  @Test
  void itEndsWhenOneOfThemFallsSilent() {
    heard(7, 0);
    heard(3, 0);
    heard(3, 2 * BEAT);
    assertThat(twins.ended(2 * BEAT + QUIET)).isEmpty();
    assertThat(twins.ended(2 * BEAT + QUIET + 1)).containsExactly("h");
    assertThat(twins.contains("h")).isFalse();
    assertThat(twins.count()).isZero();
    assertThat(twins.ended(1000 * BEAT)).isEmpty();
  }

  @Test
  void oneThatIsLeftAloneIsNoTwinWhicheverItIs() {
    heard(7, 0);
    heard(3, 0);
    heard(3, 2 * BEAT);
    for (long at = 3 * BEAT; at < 40 * BEAT; at += BEAT) {
      heard(3, at);
      twins.ended(at);
    }
    assertThat(twins.contains("h")).isFalse();
  }

  @Test
  void whatWasToldBeforeAStartEndsLikeAnyOther() {
    twins.known("h", 1000);
    assertThat(twins.contains("h")).isTrue();
    assertThat(twins.ended(1000 + QUIET)).isEmpty();
    assertThat(twins.ended(1001 + QUIET)).containsExactly("h");
  }

  @Test
  void aRemovedHostIsForgotten() {
    heard(7, 0);
    heard(3, 0);
    heard(3, 2 * BEAT);
    twins.forget("h");
    assertThat(twins.contains("h")).isFalse();
    assertThat(twins.count()).isZero();
    assertThat(heard(3, 3 * BEAT)).isFalse();
    assertThat(heard(3, 6 * BEAT)).as("nobody else is heard").isFalse();
  }
}
