package io.fleetcompat.query.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.history.ChangeFilter;
import io.fleetcompat.query.watch.FeedCursor.Next;
import io.fleetcompat.schemas.avro.ChangeCause;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many who read while one writes. */
class FeedReadersTest {

  private static final int EVENTS = 20_000;
  private static final int READERS = 8;

  private static final WatchFilter ALL =
      new WatchFilter(
          Set.of(),
          new ChangeFilter(Optional.empty(), Optional.empty(), Optional.empty(), Set.of()));

  /** The sight of one reader: how many events, and whether it was too slow for the next. */
  private record Seen(int events, boolean dropped) {}

  @Test
  void eachSeesAllInTheirOrderAndNobodySleepsThroughAnEvent() throws Exception {
    for (Seen seen : read(new FeedBounds(1L << 30, Duration.ofHours(1)))) {
      assertThat(seen).isEqualTo(new Seen(EVENTS, false));
    }
  }

  @Test
  void whoIsTooSlowIsToldSoAndHasSeenAllBefore() throws Exception {
    for (Seen seen : read(new FeedBounds(100_000, Duration.ofHours(1)))) {
      assertThat(seen.dropped()).isEqualTo(seen.events() < EVENTS);
    }
  }

  private static List<Seen> read(FeedBounds bounds) throws Exception {
    try (FilledFeed feed = new FilledFeed(bounds, Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      feed.complete();
      List<Future<Seen>> readers = new ArrayList<>();
      for (int n = 0; n < READERS; n++) {
        readers.add(threads.submit(reader(feed.feed(), begun(feed.feed().begin(ALL)))));
      }
      for (int n = 0; n < EVENTS; n++) {
        feed.add(n % FilledFeed.PARTITIONS, "host-" + n, ChangeCause.HOST_STALE);
      }
      List<Seen> seen = new ArrayList<>();
      for (Future<Seen> reader : readers) {
        seen.add(reader.get());
      }
      return seen;
    }
  }

  private static FeedCursor begun(FeedStart start) {
    return ((FeedStart.Begun) start).cursor();
  }

  private static Callable<Seen> reader(ChangeFeed feed, FeedCursor cursor) {
    return () -> {
      int events = 0;
      while (events < EVENTS) {
        switch (cursor.next()) {
          case Next.Event(String _, byte[] _, byte[] json) -> {
            assertThat(number(json)).isEqualTo(events);
            events++;
          }
          case Next.Nothing() -> {
            long begin = System.nanoTime();
            feed.await(cursor, Duration.ofMinutes(1));
            long slept = System.nanoTime() - begin;
            assertThat(Duration.ofNanos(slept)).isLessThan(Duration.ofSeconds(30));
          }
          case Next.Dropped() -> {
            String id = new String(cursor.id(), StandardCharsets.US_ASCII);
            assertThat(feed.resume(id, ALL)).isInstanceOf(FeedStart.TooOld.class);
            return new Seen(events, true);
          }
          case Next.Ended(String reason) -> throw new AssertionError(reason);
        }
      }
      return new Seen(events, false);
    };
  }

  private static int number(byte[] json) {
    String text = new String(json, StandardCharsets.UTF_8);
    return Integer.parseInt(text.replaceAll(".*\"name\":\"host-(\\d+)\".*", "$1"));
  }
}
