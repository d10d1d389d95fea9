package io.fleetcompat.collector.publish;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest unsent record of each slot (topic and host), in order of first arrival. A newer record
 * replaces an unsent older one, so it is bounded by the number of hosts however long Kafka is away.
 * A slot whose record is on its way waits, so records of a slot are never reordered.
 *
 * <p>Guarded by itself; any number of threads.
 */
final class Outbox {

  /**
   * @param topic topic's name
   * @param host record's key
   */
  record Slot(String topic, String host) {}

  /**
   * A record's value.
   *
   * @param epoch of the host's collector; 0 for records whose order nobody asks for
   * @param number that of a later record is greater
   * @param settles whether its arrival settles what was refused of the host before
   * @param bytes null for a tombstone
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Content(long epoch, long number, boolean settles, byte @Nullable [] bytes) {}

  /**
   * A record in somebody's hands.
   *
   * @param number tells it from every other that was taken, also of the same slot
   * @param since when it was taken, by {@link System#nanoTime}
   */
  record Pending(long number, long since, Slot slot, Content content) {}

  private final Map<Slot, Content> unsent = new HashMap<>();
  private final Queue<Slot> ready = new ArrayDeque<>();
  private final Map<Slot, Pending> inFlight = new HashMap<>();
  private final int maxInFlight;
  private long taken;

  Outbox(int maxInFlight) {
    this.maxInFlight = maxInFlight;
  }

  synchronized void put(Slot slot, Content content) {
    boolean known = unsent.put(slot, content) != null;
    if (!known && !inFlight.containsKey(slot)) {
      ready.add(slot);
    }
    notifyAll();
  }

  /** The next record to send, now in flight; waits for one at most that long. */
  @SuppressWarnings("WaitNotInLoop") // waking early does no harm
  synchronized Optional<Pending> take(long millis) throws InterruptedException {
    if (!isReady()) {
      wait(millis);
    }
    if (!isReady()) {
      return Optional.empty();
    }
    Slot slot = ready.remove();
    Content content = unsent.remove(slot);
    if (content == null) {
      throw new IllegalStateException("a ready slot has a record: " + slot);
    }
    Pending pending = new Pending(taken++, System.nanoTime(), slot, content);
    inFlight.put(slot, pending);
    return Optional.of(pending);
  }

  /** True where {@link #take} has a record at once. */
  synchronized boolean isReady() {
    return !ready.isEmpty() && inFlight.size() < maxInFlight;
  }

  /** It has arrived, or can never. Nothing, where it is not in flight any more. */
  synchronized void done(Pending pending) {
    if (isInFlight(pending)) {
      land(pending.slot());
    }
  }

  /** It has not arrived: it waits again, unless a newer one does already. */
  synchronized void failed(Pending pending) {
    if (isInFlight(pending)) {
      unsent.putIfAbsent(pending.slot(), pending.content());
      land(pending.slot());
    }
  }

  /**
   * The records that have been in flight for longer: whoever was to tell what became of them is
   * gone.
   */
  synchronized List<Pending> overdue(Duration most) {
    long now = System.nanoTime();
    return inFlight.values().stream()
        .filter(pending -> now - pending.since() > most.toNanos())
        .toList();
  }

  private boolean isInFlight(Pending pending) {
    Pending now = inFlight.get(pending.slot());
    return now != null && now.number() == pending.number();
  }

  private void land(Slot slot) {
    inFlight.remove(slot);
    if (unsent.containsKey(slot)) {
      ready.add(slot);
    }
    notifyAll();
  }

  /** True while a record of that slot has not arrived. */
  synchronized boolean holds(Slot slot) {
    return unsent.containsKey(slot) || inFlight.containsKey(slot);
  }

  /** Records that have not arrived. */
  synchronized int size() {
    Set<Slot> all = new HashSet<>(unsent.keySet());
    all.addAll(inFlight.keySet());
    return all.size();
  }

  /** Waits until everything has arrived; false where that takes longer. */
  synchronized boolean awaitEmpty(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (!unsent.isEmpty() || !inFlight.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }
}
