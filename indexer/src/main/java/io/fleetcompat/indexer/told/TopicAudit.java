package io.fleetcompat.indexer.told;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The comparison of what a partition of a topic holds with what its task has told it, time and
 * again: a record that is missing or another is told again, and one that nobody told is taken away.
 * So whatever is done to the topic, it is whole again a while later, or after {@link #REST} times
 * as long as the work of reading it, and nothing of the task's state changes by it.
 *
 * <p>One stream thread; the reading has another.
 */
public final class TopicAudit implements AutoCloseable {

  /**
   * The rest after a reading, in times as long as that worked. A time in which Kafka was away does
   * not count: just then something may have happened to the topic.
   */
  static final int REST = 20;

  /** Most records that one tick tells again. */
  static final int MOST = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(TopicAudit.class);

  private final TopicDigests reader;
  private final long every;
  private final TopicPartition of;
  private final ToldRecords told;
  private final SentKeys sent;
  private final Sink sink;
  private final Deque<Bytes> toMend = new ArrayDeque<>();
  private Optional<Reading> reading = Optional.empty();
  private long next;

  private record Reading(CompletableFuture<TopicDigests.Held> found) {}

  /** A way into the topic. */
  public interface Sink {
    /** Sends a key's value; null for a tombstone. */
    void send(byte[] key, byte @Nullable [] value);
  }

  /**
   * @param sent the keys that the task sends to that topic
   * @param now when the task begins, in milliseconds
   */
  public TopicAudit(
      Comparing comparing,
      TopicPartition of,
      ToldRecords told,
      SentKeys sent,
      Sink sink,
      long now) {
    this.reader = comparing.reader();
    this.every = comparing.every().toMillis();
    this.of = of;
    this.told = told;
    this.sent = sent;
    this.sink = sink;
    this.next = now + comparing.first().toMillis();
  }

  /** Goes on; gives how many records were told again, or taken away. */
  public int tick(long now) {
    if (reading.isPresent() && reading.get().found().isDone()) {
      Reading done = reading.get();
      reading = Optional.empty();
      Duration work = compare(done);
      sent.end();
      next = now + Math.max(every, REST * work.toMillis());
    }
    int mended = 0;
    for (; mended < MOST && !toMend.isEmpty(); mended++) {
      Bytes key = toMend.remove();
      Optional<byte[]> value = told.find(key.get());
      if (value.isPresent() || !told.remake(key.get())) {
        sent.add(key.get(), now);
        sink.send(key.get(), value.orElse(null));
      }
    }
    if (reading.isEmpty() && toMend.isEmpty() && now >= next) {
      sent.begin(now);
      reading = Optional.of(new Reading(reader.digests(of)));
    }
    return mended;
  }

  /** Compares, and gives the time that reading took of a processor. */
  private Duration compare(Reading done) {
    if (done.found().isCompletedExceptionally()) {
      LOG.warn(
          "{} could not be read to compare it: {}",
          of,
          String.valueOf(done.found().exceptionNow()));
      return Duration.ZERO;
    }
    TopicDigests.Held held = done.found().resultNow();
    Map<Bytes, Long> found = new HashMap<>(held.digests());
    List<Bytes> missing = new ArrayList<>();
    List<Bytes> others = new ArrayList<>();
    told.forEach(
        (key, value) -> {
          Bytes wrapped = Bytes.wrap(key);
          Long digest = found.remove(wrapped);
          if (!sent.contains(key)) {
            if (digest == null) {
              missing.add(wrapped);
            } else if (digest != TopicDigests.digest(value)) {
              others.add(wrapped);
            }
          }
        });
    List<Bytes> foreign =
        found.keySet().stream()
            .filter(key -> told.isOwn(key.get()) && !sent.contains(key.get()))
            .toList();
    if (!missing.isEmpty() || !others.isEmpty() || !foreign.isEmpty()) {
      LOG.warn(
          "{} is not as it was told: {} records are missing, {} are others, {} are nobody's; all of"
              + " them are mended",
          of,
          missing.size(),
          others.size(),
          foreign.size());
    }
    toMend.addAll(missing);
    toMend.addAll(others);
    toMend.addAll(foreign);
    return held.work();
  }

  /** Ends a reading. */
  @Override
  public void close() {
    reading.ifPresent(running -> running.found().cancel(false));
    reading = Optional.empty();
  }
}
