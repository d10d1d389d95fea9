package io.fleetcompat.indexer;

import io.fleetcompat.indexer.store.StoreDamage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to the death of a stream thread: it is replaced after a pause while that seems to
 * help; when it has happened too often, or the fault is ours, the indexer stops and says why.
 * Threads: any.
 */
final class ThreadFaults implements StreamsUncaughtExceptionHandler, AutoCloseable {

  /** Most replacements within {@link #WINDOW}. */
  static final int MAX_REPLACEMENTS = 10;

  static final Duration WINDOW = Duration.ofMinutes(5);

  /**
   * The pause before the first replacement; each further one within the window waits twice as long
   * …
   */
  static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** … but no longer than this. */
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Most causes of a fault that are looked at: they may form a circle. */
  private static final int MAX_CAUSES = 32;

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFaults.class);

  private final LongSupplier nanoTime;
  private final Duration firstPause;
  private final Deque<Long> replaced = new ArrayDeque<>();
  private final AtomicInteger pausing = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  ThreadFaults(LongSupplier nanoTime, Duration firstPause) {
    this.nanoTime = nanoTime;
    this.firstPause = firstPause;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable fault) {
    int earlier = replacements();
    if (!mayPass(fault) || earlier >= MAX_REPLACEMENTS) {
      LOG.error(
          "the indexer stops: {} thread faults within {}; the last one is below",
          earlier + 1,
          WINDOW,
          fault);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    Duration pause = pause(earlier);
    Optional<String> damage = StoreDamage.in(fault);
    if (damage.isPresent()) {
      LOG.warn(
          "a store is damaged ({}): its thread is replaced in {} ms, and checks it",
          damage.get(),
          pause.toMillis());
    } else {
      // Kafka's own, whose stack trace shows nothing of ours.
      LOG.warn(
          "a stream thread died and is replaced in {} ms: {}", pause.toMillis(), inWords(fault));
    }
    rest(pause);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** The fault and what caused it, without their stack traces. */
  private static String inWords(Throwable fault) {
    List<String> words = new ArrayList<>();
    Throwable each = fault;
    for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
      // Streams puts a stack trace into messages of its own.
      words.add(each.toString().lines().findFirst().orElse(""));
      each = each.getCause();
    }
    return String.join("; caused by ", words);
  }

  /** Counts this replacement; gives how many there were within the window before it. */
  private synchronized int replacements() {
    long now = nanoTime.getAsLong();
    while (!replaced.isEmpty() && now - replaced.getFirst() > WINDOW.toNanos()) {
      replaced.removeFirst();
    }
    int earlier = replaced.size();
    if (earlier < MAX_REPLACEMENTS) {
      replaced.addLast(now);
    }
    return earlier;
  }

  private Duration pause(int earlier) {
    Duration pause = firstPause.multipliedBy(1L << earlier);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void rest(Duration pause) {
    pausing.incrementAndGet();
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.info("the indexer is being closed: no thread waits any more");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pausing.decrementAndGet();
    }
  }

  /** True while a thread waits to be replaced: its partitions stand still meanwhile. */
  boolean isPausing() {
    return pausing.get() > 0;
  }

  /**
   * Kafka's faults may pass, whatever caused them (a handshake that failed); a record that is too
   * large for its topic will not before an operator alters the topic; ours, or memory, will not.
   * Streams wraps ours in exceptions that are Kafka's too. A store whose files are damaged is moved
   * aside when the next thread opens it.
   */
  private static boolean mayPass(Throwable fault) {
    Optional<KafkaException> deepest = Optional.empty();
    Throwable each = fault;
    for (int depth = 0; each != null && depth < MAX_CAUSES; depth++) {
      if (each instanceof Error) {
        return false;
      }
      if (each instanceof KafkaException kafka) {
        deepest = Optional.of(kafka);
      }
      if (each instanceof IllegalStateException && isThrownByClient(each)) {
        return true;
      }
      each = each.getCause();
    }
    return StoreDamage.in(fault).isPresent() || deepest.filter(ThreadFaults::isOfKafka).isPresent();
  }

  /**
   * A producer whose commit timed out (its topics are gone, say) takes nothing more, and says so by
   * an exception that is none of Kafka's own.
   */
  private static boolean isThrownByClient(Throwable fault) {
    StackTraceElement[] trace = fault.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith("org.apache.kafka.clients.");
  }

  private static boolean isOfKafka(KafkaException fault) {
    boolean wrapsOurs = fault instanceof StreamsException && fault.getCause() != null;
    return !wrapsOurs && !(fault instanceof RecordTooLargeException);
  }

  /** Nobody waits any more. */
  @Override
  public void close() {
    closed.countDown();
  }
}
