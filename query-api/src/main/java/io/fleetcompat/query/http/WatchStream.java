package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.WatchAnswer;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Watchers.End;
import io.fleetcompat.query.http.Watchers.Watcher;
import io.fleetcompat.query.watch.ChangeFeed;
import io.fleetcompat.query.watch.FeedCursor;
import io.fleetcompat.query.watch.FeedCursor.Next;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/** The events of one watcher, until one of the two sides ends them. One thread. */
final class WatchStream implements Response.Body {

  /** Longest time without an event: a bookmark tells the watcher that the stream is alive. */
  static final Duration BOOKMARK_EVERY = Duration.ofSeconds(10);

  private final ChangeFeed feed;
  private final FeedCursor cursor;
  private final Optional<Long> revision;
  private final Optional<WatchedVerdict> verdict;
  private final Watchers watchers;
  private final Watcher watcher;

  /**
   * @param revision of the index that holds all that came before, for the first bookmark
   * @param verdict told where it is another
   * @param watcher closed with this
   */
  WatchStream(
      ChangeFeed feed,
      FeedCursor cursor,
      Optional<Long> revision,
      Optional<WatchedVerdict> verdict,
      Watchers watchers,
      Watcher watcher) {
    this.feed = feed;
    this.cursor = cursor;
    this.revision = revision;
    this.verdict = verdict;
    this.watchers = watchers;
    this.watcher = watcher;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    EventWriter writer = new EventWriter(out);
    bookmark(writer, revision);
    watcher.send(writer);
    long sentAt = System.nanoTime();
    while (!watchers.isClosed() && !Thread.currentThread().isInterrupted()) {
      boolean goesOn = add(writer, cursor.next());
      if (goesOn) { // an error is the last event
        verdict.flatMap(WatchedVerdict::next).ifPresent(json -> writer.add("verdict", json));
      }
      if (goesOn && writer.isEmpty() && System.nanoTime() - sentAt >= BOOKMARK_EVERY.toNanos()) {
        bookmark(writer, Optional.empty());
      }
      if (!writer.isEmpty()) {
        watcher.send(writer);
        sentAt = System.nanoTime();
      } else if (goesOn) {
        feed.await(cursor, verdict.isPresent() ? WatchedVerdict.PAUSE : untilBookmark(sentAt));
      }
      if (!goesOn) {
        return;
      }
    }
  }

  private static Duration untilBookmark(long sentAt) {
    return BOOKMARK_EVERY.minusNanos(System.nanoTime() - sentAt);
  }

  /** Adds all that is there, as far as it goes into one write; false where that is the end. */
  private boolean add(EventWriter writer, Next first) {
    Next next = first;
    while (next instanceof Next.Event(String name, byte[] id, byte[] json)) {
      writer.add(name, id, json);
      if (writer.isFull()) {
        return true;
      }
      next = cursor.next();
    }
    return switch (next) {
      case Next.Event _, Next.Nothing() -> !end(writer, feed.ended());
      case Next.Ended(String reason) -> !end(writer, Optional.of(reason));
      case Next.Dropped() -> {
        watcher.end(End.SLOW);
        error(
            writer,
            Code.WATCH_TOO_SLOW,
            "expected a watcher that keeps up with what comes (watch-max-bytes are kept), found one"
                + " that does not; watch from its last id: what is not kept any more is said then");
        yield false;
      }
    };
  }

  /** Ends the stream where there is a reason; true if so. */
  private boolean end(EventWriter writer, Optional<String> reason) {
    reason.ifPresent(
        why -> {
          watcher.end(End.TOPICS);
          error(
              writer,
              Code.WATCH_TOO_OLD,
              "expected the topics that the watch began with, found that "
                  + why
                  + "; "
                  + WatchRoute.BEGIN_ANEW);
        });
    return reason.isPresent();
  }

  private static void error(EventWriter writer, Code code, String detail) {
    writer.add("error", new Problem(code, detail).json());
  }

  private void bookmark(EventWriter writer, Optional<Long> of) {
    writer.add("bookmark", cursor.id(), WatchAnswer.bookmark(cursor.asOf(), of));
  }

  @Override
  public void close() {
    watcher.close();
  }
}
