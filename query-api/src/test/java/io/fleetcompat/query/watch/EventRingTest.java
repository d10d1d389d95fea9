package io.fleetcompat.query.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The bounds of the events that are kept. */
class EventRingTest {

  static {
    Objects.requireNonNull(Codecs.CHANGE); // from here on, Avro makes our records
  }

  private static final EventSubject SUBJECT =
      new EventSubject.Change(
          new ChangeKey(ChangeKey.Kind.HOST, "a"),
          ChangeRecord.newBuilder().setCauses(List.of(ChangeCause.HOST_STALE)).build());

  private static FeedEvent event(long index, int bytes) {
    return new FeedEvent(
        index, (int) index % 2, index / 2, index, new byte[4], SUBJECT, new byte[bytes]);
  }

  private static FeedPosition position(long first, long second) {
    return new FeedPosition(1, new long[] {first, second});
  }

  @Test
  void theNewestThatFitAreKept() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    long most = 20_000;
    EventRing ring = new EventRing(most, position(0, 0));
    for (int n = 0; n < 500; n++) {
      ring.append(event(n, random.nextInt(2000)));
      assertThat(ring.end()).isEqualTo(n + 1);
      assertThat(ring.bytes()).as("seed %d", seed).isLessThanOrEqualTo(most);
      long weight = 0;
      for (long index = ring.oldest(); index < ring.end(); index++) {
        weight += ring.find(index).orElseThrow().weight();
      }
      assertThat(weight).as("seed %d", seed).isEqualTo(ring.bytes());
      assertThat(ring.oldest() == 0 || ring.find(ring.oldest() - 1).isEmpty()).isTrue();
      long dropped = ring.oldest();
      FeedPosition all = position((dropped + 1) / 2, dropped / 2);
      assertThat(ring.keepsAllFrom(all)).as("seed %d, %d", seed, n).isTrue();
      if (dropped > 1) {
        assertThat(ring.keepsAllFrom(position((dropped + 1) / 2 - 1, dropped / 2))).isFalse();
        assertThat(ring.keepsAllFrom(position((dropped + 1) / 2, dropped / 2 - 1))).isFalse();
      }
    }
  }

  @Test
  void oneThatIsTooLargeIsKeptAlone() {
    EventRing ring = new EventRing(2000, position(0, 0));
    ring.append(event(0, 1));
    ring.append(event(1, 5000));
    assertThat(ring.find(0)).isEmpty();
    assertThat(ring.find(1)).isPresent();
    ring.append(event(2, 1));
    assertThat(ring.find(1)).isEmpty();
    assertThat(ring.find(2)).isPresent();
  }

  @Test
  void whatIsTooOldIsDropped() {
    EventRing ring = new EventRing(1 << 20, position(0, 0));
    for (int n = 0; n < 10; n++) {
      ring.append(event(n, 1));
    }
    ring.dropBefore(4);
    assertThat(ring.oldest()).isEqualTo(4);
    assertThat(ring.keepsAllFrom(position(2, 2))).isTrue();
    assertThat(ring.keepsAllFrom(position(1, 2))).isFalse();
    ring.dropBefore(100);
    assertThat(ring.oldest()).isEqualTo(10);
    assertThat(ring.bytes()).isZero();
    assertThat(ring.keepsAllFrom(position(5, 5))).as("nothing came after it").isTrue();
  }

  @Test
  void whatWasBeforeTheBeginningIsNotKept() {
    EventRing ring = new EventRing(1 << 20, position(3, 0));
    assertThat(ring.keepsAllFrom(position(3, 0))).isTrue();
    assertThat(ring.keepsAllFrom(position(2, 9))).isFalse();
  }
}
