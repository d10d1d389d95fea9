package io.fleetcompat.query.watch;

import io.fleetcompat.query.watch.FeedLog.Tail;
import java.util.Optional;

/** The place of one watcher in the feed. One thread. */
public final class FeedCursor {

  private final FeedLog log;
  private final WatchFilter filter;

  /** The position that the watcher has seen all before; empty where it began with now. */
  private final Optional<FeedPosition> resumed;

  /** The index from which on no event is before that position. */
  private final long resumedUntil;

  private long index;
  private byte[] id;

  private FeedCursor(
      FeedLog log,
      WatchFilter filter,
      Optional<FeedPosition> resumed,
      long index,
      long resumedUntil,
      byte[] id) {
    this.log = log;
    this.filter = filter;
    this.resumed = resumed;
    this.index = index;
    this.resumedUntil = resumedUntil;
    this.id = id;
  }

  /** The next thing for a watcher. */
  public sealed interface Next {

    /**
     * An event.
     *
     * @param id to go on after it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
    record Event(String name, byte[] id, byte[] json) implements Next {}

    /** There is none yet. */
    record Nothing() implements Next {}

    /** It was dropped: the watcher is too slow. */
    record Dropped() implements Next {}

    /** There will be none: the topics are others now. */
    record Ended(String reason) implements Next {}
  }

  private static final Next NOTHING = new Next.Nothing();

  /** The events after the end of what was read. */
  static FeedCursor atEnd(FeedLog log, WatchFilter filter) {
    Tail tail = log.tail();
    return new FeedCursor(log, filter, Optional.empty(), tail.index(), 0, tail.id());
  }

  /** The events that are not before a position, which the log has reached. */
  static FeedCursor after(FeedLog log, WatchFilter filter, FeedPosition position) {
    return new FeedCursor(
        log,
        filter,
        Optional.of(position),
        log.ring().oldest(),
        log.tail().index(),
        position.text());
  }

  /** The position that the watcher may go on from, in ASCII. */
  public byte[] id() {
    Tail tail = log.tail();
    return index == tail.index() ? tail.id() : id;
  }

  /** The time at which all that Kafka had was read, milliseconds since 1970. */
  public long asOf() {
    return log.tail().asOf();
  }

  /** True where {@link #next} has something to look at. */
  boolean hasMore() {
    return index < log.ring().end() || log.end().isPresent();
  }

  /** The next event that the watcher asks for. */
  public Next next() {
    while (index < log.ring().end()) {
      Optional<FeedEvent> found = log.ring().find(index);
      if (found.isEmpty()) {
        return new Next.Dropped();
      }
      FeedEvent event = found.get();
      index++;
      if (isBefore(event)) {
        continue;
      }
      id = idAfter(event);
      if (filter.matches(event.subject())) {
        return new Next.Event(event.subject().eventName(), id, event.json());
      }
    }
    return log.end().<Next>map(Next.Ended::new).orElse(NOTHING);
  }

  private boolean isBefore(FeedEvent event) {
    return event.index() < resumedUntil
        && event.offset() < resumed.orElseThrow().next(event.partition());
  }

  /** Another replica may have read more of some partitions before it came to this event. */
  private byte[] idAfter(FeedEvent event) {
    return event.index() < resumedUntil
        ? FeedPosition.parse(new String(event.id(), java.nio.charset.StandardCharsets.US_ASCII))
            .orElseThrow()
            .and(resumed.orElseThrow())
            .text()
        : event.id();
  }
}
