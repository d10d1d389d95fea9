package io.fleetcompat.indexer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a stream thread dies: it is replaced while that seems to help, and when it has
 * happened too often, or the fault is ours, the indexer stops and says why. Threads: any.
 */
final class ThreadFaults implements StreamsUncaughtExceptionHandler {

  /** Most replacements within {@link #WINDOW}. */
  static final int MAX_REPLACEMENTS = 10;

  static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFaults.class);

  private final LongSupplier nanoTime;
  private final Deque<Long> replaced = new ArrayDeque<>();

  ThreadFaults(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable fault) {
    long now = nanoTime.getAsLong();
    while (!replaced.isEmpty() && now - replaced.getFirst() > WINDOW.toNanos()) {
      replaced.removeFirst();
    }
    if (!mayPass(fault) || replaced.size() >= MAX_REPLACEMENTS) {
      LOG.error(
          "the indexer stops: {} thread faults within {}; the last one is below",
          replaced.size() + 1,
          WINDOW,
          fault);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    replaced.addLast(now);
    LOG.warn("a stream thread died and is replaced", fault);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Kafka's faults may pass; ours, such as a store that holds nonsense, or memory, will not. */
  private static boolean mayPass(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof RetriableException
        || root instanceof StreamsException
        || root instanceof org.apache.kafka.common.KafkaException;
  }
}
