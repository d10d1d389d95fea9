package io.fleetcompat.query.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.history.ChangeFilter;
import io.fleetcompat.query.watch.FeedCursor.Next;
import io.fleetcompat.schemas.avro.ChangeCause;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Watchers who go on where they were, on a feed that has read the partitions in another order. */
class FeedResumptionTest {

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH.plusSeconds(10), ZoneOffset.UTC);
  private static final WatchFilter ALL = filter(Optional.empty());

  /**
   * Names of events that a watcher saw, and the id after each of them; the first one is of before.
   */
  private record Seen(List<String> ids, List<String> events) {}

  private static WatchFilter filter(Optional<String> host) {
    return new WatchFilter(
        Set.of(), new ChangeFilter(host, Optional.empty(), Optional.empty(), Set.of()));
  }

  private static FilledFeed feed() {
    return new FilledFeed(FeedBounds.DEFAULTS, CLOCK);
  }

  /** Partitions in an order of their own; each keeps its own order. */
  private static void fill(FilledFeed feed, List<Integer> each, Random random) {
    int[] left = each.stream().mapToInt(Integer::intValue).toArray();
    int[] sent = new int[left.length];
    int all = each.stream().mapToInt(Integer::intValue).sum();
    while (all > 0) {
      int partition = random.nextInt(left.length);
      if (left[partition] > 0) {
        feed.add(partition, name(partition, sent[partition]++), ChangeCause.HOST_STALE);
        left[partition]--;
        all--;
      }
    }
    feed.complete();
  }

  private static String name(int partition, int number) {
    return "host-" + partition + "-" + number;
  }

  private static FeedCursor begun(FeedStart start) {
    assertThat(start).isInstanceOf(FeedStart.Begun.class);
    return ((FeedStart.Begun) start).cursor();
  }

  private static Seen all(FeedCursor cursor) {
    List<String> ids = new ArrayList<>(List.of(text(cursor.id())));
    List<String> events = new ArrayList<>();
    while (cursor.next() instanceof Next.Event(String _, byte[] id, byte[] json)) {
      ids.add(text(id));
      String line = new String(json, StandardCharsets.UTF_8);
      events.add(line.replaceAll(".*\"name\":\"([^\"]*)\".*", "$1"));
    }
    ids.add(text(cursor.id()));
    return new Seen(ids, events);
  }

  private static String text(byte[] id) {
    return new String(id, StandardCharsets.US_ASCII);
  }

  private static void assertEachPartitionInOrder(List<String> events, String what) {
    for (int partition = 0; partition < FilledFeed.PARTITIONS; partition++) {
      String prefix = "host-" + partition + "-";
      List<Integer> numbers =
          events.stream()
              .filter(event -> event.startsWith(prefix))
              .map(event -> Integer.parseInt(event.substring(prefix.length())))
              .toList();
      assertThat(numbers).as(what).isSorted();
    }
  }

  @Test
  void whoGoesOnAtAnotherFeedSeesExactlyTheRestWhereverHeWasCut() throws Exception {
    for (int run = 0; run < 20; run++) {
      long seed = new Random().nextLong();
      Random random = new Random(seed);
      List<Integer> each = List.of(random.nextInt(9), random.nextInt(9), 3, random.nextInt(9));
      try (FilledFeed first = feed();
          FilledFeed second = feed()) {
        first.complete();
        FeedCursor watcher = begun(first.feed().begin(ALL));
        fill(first, each, random);
        fill(second, each, random);
        Seen here = all(watcher);
        assertThat(here.events()).doesNotHaveDuplicates();
        for (int cut = 0; cut < here.ids().size(); cut++) {
          int before = Math.min(cut, here.events().size());
          String what = "seed %d, cut at %d".formatted(seed, cut);
          Set<String> rest = new HashSet<>(here.events().subList(before, here.events().size()));
          Seen there = all(begun(second.feed().resume(here.ids().get(cut), ALL)));
          assertThat(there.events()).as(what).containsExactlyInAnyOrderElementsOf(rest);
          assertEachPartitionInOrder(there.events(), what);
          cutAgain(first, there, rest, what);
        }
      }
    }
  }

  /** Back to the first feed, with ids that the second one gave while the watcher caught up. */
  private static void cutAgain(FilledFeed first, Seen there, Set<String> rest, String what)
      throws InterruptedException {
    for (int cut = 0; cut < there.ids().size(); cut++) {
      Set<String> left = new HashSet<>(rest);
      there.events().subList(0, Math.min(cut, there.events().size())).forEach(left::remove);
      Seen back = all(begun(first.feed().resume(there.ids().get(cut), ALL)));
      assertThat(back.events())
          .as("%s, then at %d", what, cut)
          .containsExactlyInAnyOrderElementsOf(left);
    }
  }

  @Test
  void whoAsksForFewGoesOnFromABookmark() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (FilledFeed first = feed();
        FilledFeed second = feed()) {
      first.complete();
      WatchFilter one = filter(Optional.of(name(1, 4)));
      FeedCursor watcher = begun(first.feed().begin(one));
      fill(first, List.of(5, 3, 5, 5), random);
      fill(second, List.of(5, 5, 5, 5), random);
      assertThat(watcher.next()).isEqualTo(new Next.Nothing());
      FeedCursor there = begun(second.feed().resume(text(watcher.id()), one));
      assertThat(all(there).events()).as("seed %d", seed).containsExactly(name(1, 4));
    }
  }

  @Test
  void whatWasDroppedOrIsOfOtherTopicsIsTooOld() throws Exception {
    FeedBounds narrow = new FeedBounds(10_000, Duration.ofMinutes(1));
    try (FilledFeed feed = new FilledFeed(narrow, CLOCK)) {
      assertThat(feed.feed().begin(ALL)).as("not read yet").isInstanceOf(FeedStart.NotReady.class);
      feed.complete();
      FeedCursor slow = begun(feed.feed().begin(ALL));
      FeedCursor idle = begun(feed.feed().begin(filter(Optional.of("host-none"))));
      String first = text(slow.id());
      fill(feed, List.of(20, 20, 20, 20), new Random(1));
      assertThat(feed.feed().resume(first, ALL)).isInstanceOf(FeedStart.TooOld.class);
      assertThat(slow.next()).isEqualTo(new Next.Dropped());
      assertThat(idle.next()).as("it has to look at each, too").isEqualTo(new Next.Dropped());
      assertThat(feed.feed().resume("nonsense", ALL)).isEqualTo(new FeedStart.Malformed());
      FeedCursor now = begun(feed.feed().begin(ALL));
      String last = text(now.id());
      assertThat(all(begun(feed.feed().resume(last, ALL))).events()).isEmpty();
      feed.forget();
      assertThat(now.next()).isInstanceOf(Next.Ended.class);
      assertThat(feed.feed().resume(last, ALL)).isInstanceOf(FeedStart.NotReady.class);
      feed.begin(Uuid.fromString("AAAAAAAAAAAAAAAAAAAAAg"));
      feed.complete();
      assertThat(feed.feed().resume(last, ALL)).isInstanceOf(FeedStart.TooOld.class);
    }
  }

  @Test
  void aRecordThatCannotBeReadIsPassedOver() throws Exception {
    try (FilledFeed feed = feed()) {
      feed.complete();
      FeedCursor watcher = begun(feed.feed().begin(ALL));
      feed.add(0, new byte[] {1, 2, 3}, new byte[] {1, 2, 3});
      feed.add(0, "host/a".getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
      feed.add(0, "b", ChangeCause.HOST_STALE);
      assertThat(all(watcher).events()).containsExactly("b");
      assertThat(feed.feed().rejected().count()).isEqualTo(2);
      String id = text(watcher.id());
      assertThat(all(begun(feed.feed().resume(id, ALL))).events()).isEmpty();
    }
  }
}
