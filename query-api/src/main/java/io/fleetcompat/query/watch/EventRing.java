package io.fleetcompat.query.watch;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest events, as many as fit, in the order in which they came. Each reader goes by an index
 * of its own and takes no lock, so that none holds back another or the writer; one that is slower
 * than all that comes finds its next event dropped.
 *
 * <p>One thread writes; any reads.
 */
final class EventRing {

  private final AtomicReferenceArray<@Nullable FeedEvent> slots;
  private final long maxBytes;

  /** The first offset of each partition from which on no event was dropped. */
  private final AtomicLongArray kept;

  private volatile long oldest;
  private volatile long end;
  private volatile long bytes;
  private long weight; // of the writer, as is what changes the fields above

  /**
   * @param begin the position before the first event
   */
  EventRing(long maxBytes, FeedPosition begin) {
    this.maxBytes = maxBytes;
    long most = Math.max(2, maxBytes / FeedEvent.LEAST_WEIGHT);
    slots = new AtomicReferenceArray<>(Math.toIntExact(Long.highestOneBit(most - 1) << 1));
    kept = new AtomicLongArray(begin.size());
    for (int i = 0; i < begin.size(); i++) {
      kept.set(i, begin.next(i));
    }
  }

  private int slot(long index) {
    return (int) (index & (slots.length() - 1));
  }

  /** Adds the event whose index is {@link #end}; the oldest go where it does not fit. */
  void append(FeedEvent event) {
    long more = event.weight();
    while (oldest < end && (weight + more > maxBytes || end - oldest == slots.length())) {
      dropOldest();
    }
    slots.set(slot(event.index()), event);
    weigh(more);
    end = event.index() + 1;
  }

  /** Drops what came before a time. */
  void dropBefore(long time) {
    while (oldest < end) {
      FeedEvent first = slots.get(slot(oldest));
      if (first == null || first.arrivedAt() >= time) {
        return;
      }
      dropOldest();
    }
  }

  private void dropOldest() {
    int slot = slot(oldest);
    FeedEvent dropped = slots.get(slot);
    if (dropped != null) {
      kept.set(dropped.partition(), dropped.offset() + 1); // before it is gone
      weigh(-dropped.weight());
    }
    long next = oldest + 1;
    oldest = next;
    slots.set(slot, null);
  }

  private void weigh(long more) {
    weight += more;
    bytes = weight;
  }

  /** The index of the oldest event that is kept; that of the next one where none is. */
  long oldest() {
    return oldest;
  }

  /** The index of the next event. */
  long end() {
    return end;
  }

  /** The approximate memory that all events take. */
  long bytes() {
    return bytes;
  }

  /** The event of an index before the end; empty where it was dropped. */
  Optional<FeedEvent> find(long index) {
    FeedEvent event = slots.get(slot(index));
    return event == null || event.index() != index ? Optional.empty() : Optional.of(event);
  }

  /** True where all events from a position on are kept. */
  boolean keepsAllFrom(FeedPosition position) {
    for (int i = 0; i < kept.length(); i++) {
      if (position.next(i) < kept.get(i)) {
        return false;
      }
    }
    return true;
  }
}
