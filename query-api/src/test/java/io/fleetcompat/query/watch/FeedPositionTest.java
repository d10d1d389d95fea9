package io.fleetcompat.query.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Positions and their spelling. */
class FeedPositionTest {

  private static String text(FeedPosition position) {
    return new String(position.text(), StandardCharsets.US_ASCII);
  }

  @Test
  void aPositionIsWhatItsSpellingSays() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int n = 0; n < 1000; n++) {
      long[] next = new long[random.nextInt(40)];
      Arrays.setAll(next, _ -> random.nextLong() >>> random.nextInt(1, 64));
      FeedPosition position = new FeedPosition(random.nextInt(), next);
      FeedPosition parsed = FeedPosition.parse(text(position)).orElseThrow();
      assertThat(parsed.mark()).as("seed %d", seed).isEqualTo(position.mark());
      assertThat(parsed.size()).as("seed %d", seed).isEqualTo(next.length);
      for (int i = 0; i < next.length; i++) {
        assertThat(parsed.next(i)).as("seed %d", seed).isEqualTo(next[i]);
      }
    }
  }

  @Test
  void anIdOfThirtyTwoPartitionsIsShort() {
    long[] next = new long[32];
    Arrays.fill(next, 1_000_000);
    assertThat(text(new FeedPosition(-1, next))).hasSize(135);
  }

  @Test
  void nonsenseIsNoPosition() {
    String good = text(new FeedPosition(7, new long[] {1, 200, 3}));
    assertThat(FeedPosition.parse(good)).isPresent();
    assertThat(FeedPosition.parse("")).isEmpty();
    assertThat(FeedPosition.parse("AQ")).as("no mark").isEmpty();
    assertThat(FeedPosition.parse(good + "!")).isEmpty();
    assertThat(FeedPosition.parse("\u0142" + good)).isEmpty();
    assertThat(FeedPosition.parse("A".repeat(FeedPosition.MAX_TEXT + 1))).isEmpty();
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    bytes[0] = 2;
    assertThat(parse(bytes)).as("another version").isEmpty();
    bytes[0] = 1;
    bytes[bytes.length - 1] = (byte) 0x83;
    assertThat(parse(bytes)).as("a number that does not end").isEmpty();
    byte[] large = new byte[5 + 10];
    large[0] = 1;
    Arrays.fill(large, 5, 14, (byte) 0xff);
    assertThat(parse(large)).as("a number that is too large").isEmpty();
  }

  private static java.util.Optional<FeedPosition> parse(byte[] bytes) {
    return FeedPosition.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
