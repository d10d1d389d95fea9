package io.fleetcompat.indexer.tick;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkShareTest {

  private static final long NOW = 1_000_000;

  private final WorkShare share = new WorkShare(4);

  @Test
  void workIsFollowedByARestThatIsSoManyTimesAsLong() {
    share.add(Duration.ofMillis(30).toNanos());
    share.add(Duration.ofMillis(20).toNanos());
    assertThat(share.isResting(NOW)).as("within the spell").isFalse();
    share.endSpell(NOW);
    assertThat(share.isResting(NOW)).isTrue();
    assertThat(share.isResting(NOW + 249)).isTrue();
    assertThat(share.isResting(NOW + 250)).as("50 ms of work and 200 of rest").isFalse();
  }

  @Test
  void theNextRestIsByTheNextSpellAlone() {
    share.add(Duration.ofMillis(50).toNanos());
    share.endSpell(NOW);
    share.add(Duration.ofMillis(10).toNanos());
    share.endSpell(NOW + 250);
    assertThat(share.isResting(NOW + 299)).isTrue();
    assertThat(share.isResting(NOW + 300)).isFalse();
  }

  @Test
  void aSpellWithoutWorkDoesNotEndTheRest() {
    share.add(Duration.ofMillis(50).toNanos());
    share.endSpell(NOW);
    share.endSpell(NOW + 100);
    assertThat(share.isResting(NOW + 249)).isTrue();
    assertThat(share.isResting(NOW + 250)).isFalse();
  }

  @Test
  void aClockThatIsSetBackEndsTheRest() {
    share.add(Duration.ofMillis(50).toNanos());
    share.endSpell(NOW);
    assertThat(share.isResting(NOW - 1)).isFalse();
  }
}
