package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * All who watch: so many at most, and none whose socket takes nothing for long. A thread that is
 * interrupted while it writes finds its socket closed: the threads of connections are virtual. Any
 * thread.
 */
final class Watchers implements AutoCloseable {

  /** Longest time for one write. */
  static final Duration LONGEST_WRITE = Duration.ofSeconds(30);

  private static final String PREFIX = "fleetcompat.query.watch.";

  /** The reasons why a watch ends. */
  enum End {
    /** The watcher has gone. */
    CLIENT,
    /** It was slower than all that came. */
    SLOW,
    /** Its socket took nothing for too long. */
    STALLED,
    /** The topics are others now, or are followed no more. */
    TOPICS,
    /** The server stops. */
    SERVER
  }

  private final int most;
  private final Duration longestWrite;
  private final Semaphore room;
  private final Set<Watcher> watching = ConcurrentHashMap.newKeySet();
  private final Counter events;
  private final Map<End, Counter> ended = new EnumMap<>(End.class);
  private final ScheduledFuture<?> looks;
  private volatile boolean closed;

  Watchers(int most, Duration longestWrite, MeterRegistry registry) {
    this.most = most;
    this.longestWrite = longestWrite;
    this.room = new Semaphore(most);
    Gauge.builder(PREFIX + "watchers", watching, Set::size)
        .description("Connections that watch")
        .register(registry);
    events =
        Counter.builder(PREFIX + "events")
            .description("Events sent to watchers, bookmarks among them")
            .register(registry);
    for (End end : End.values()) {
      Counter counter =
          Counter.builder(PREFIX + "ended")
              .description("Watches that have ended, by the reason")
              .tag("reason", end.name().toLowerCase(Locale.ROOT))
              .register(registry);
      ended.put(end, counter);
    }
    long every = Math.max(1, longestWrite.toMillis() / 8);
    looks =
        ForkJoinPool.commonPool()
            .scheduleWithFixedDelay(this::interruptStalled, every, every, TimeUnit.MILLISECONDS);
  }

  /** Makes room for one more, who is to be closed. */
  Watcher enter() {
    if (closed || !room.tryAcquire()) {
      throw new Problem(
          Code.TOO_MANY_WATCHERS,
          "expected at most %d watchers (max-watchers); ask another replica, or later"
              .formatted(most));
    }
    Watcher watcher = new Watcher();
    watching.add(watcher);
    return watcher;
  }

  boolean isClosed() {
    return closed;
  }

  private void count(End end) {
    Objects.requireNonNull(ended.get(end)).increment();
  }

  private void interruptStalled() {
    long now = System.nanoTime();
    watching.stream()
        .filter(watcher -> watcher.hasWrittenFor(now, longestWrite.toNanos()))
        .forEach(Watcher::interrupt);
  }

  /** Ends all: those that wait for a socket at once, the others when they are woken. */
  @Override
  public void close() {
    closed = true;
    looks.cancel(false);
    long now = System.nanoTime();
    watching.stream().filter(watcher -> watcher.hasWrittenFor(now, 0)).forEach(Watcher::interrupt);
  }

  /** One of them. One thread, but for who looks whether it writes. */
  final class Watcher implements AutoCloseable {

    private final Thread thread = Thread.currentThread();
    private volatile long writingSince;
    private volatile boolean writes;
    private volatile boolean stalled;
    private End end = End.CLIENT;

    private boolean hasWrittenFor(long now, long nanos) {
      return writes && now - writingSince >= nanos;
    }

    private void interrupt() {
      stalled = true;
      thread.interrupt();
    }

    /** Sends all events of a writer. */
    void send(EventWriter writer) throws IOException {
      writingSince = System.nanoTime();
      writes = true;
      try {
        writer.send();
      } finally {
        writes = false;
      }
      events.increment((double) writer.takeCount());
    }

    /** Says why it ends; else its socket did. */
    void end(End reason) {
      end = reason;
    }

    @Override
    public void close() {
      count(closed ? End.SERVER : stalled ? End.STALLED : end);
      room.release();
      watching.remove(this);
    }
  }
}
