package io.fleetcompat.indexer;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream threads that died of a fault, are replaced, and have not ended yet. One that closes
 * its tasks waits until what is queued for Kafka is sent; where the fault was a commit that timed
 * out, nothing is sent any more (Kafka Streams 4.4), and it would wait for ever, and keep its tasks
 * and its place in the group. So it is interrupted.
 *
 * <p>Not while it waits for the thread that restores its tasks: that one waits for Kafka no longer
 * than its timeouts, and a thread that is interrupted there ends without giving its tasks back, so
 * that no other in this process ever gets them. Threads: any.
 */
final class DyingThreads implements StreamsUncaughtExceptionHandler {

  /** The time for a thread to close its tasks and end, before it is interrupted. */
  static final Duration END_WITHIN = Duration.ofSeconds(15);

  /** The method in which a stream thread waits for the one that restores (Kafka Streams 4.4). */
  static final String RESTORING_CLASS = "org.apache.kafka.streams.processor.internals.TaskManager";

  static final String RESTORING_METHOD = "waitForFuture";

  /** Each of its tasks may wait. */
  private static final int MOST_INTERRUPTS = 20;

  private static final Logger LOG = LoggerFactory.getLogger(DyingThreads.class);

  private final StreamsUncaughtExceptionHandler faults;
  private final Duration endWithin;
  private final Predicate<StackTraceElement> restores;

  /**
   * @param faults decides what is done about a fault
   */
  DyingThreads(StreamsUncaughtExceptionHandler faults, Duration endWithin) {
    this(
        faults,
        endWithin,
        frame ->
            frame.getClassName().equals(RESTORING_CLASS)
                && frame.getMethodName().equals(RESTORING_METHOD));
  }

  /**
   * @param restores whether a thread with such a frame waits for the one that restores its tasks
   */
  DyingThreads(
      StreamsUncaughtExceptionHandler faults,
      Duration endWithin,
      Predicate<StackTraceElement> restores) {
    this.faults = faults;
    this.endWithin = endWithin;
    this.restores = restores;
  }

  /** Called by the thread that dies. */
  @Override
  public StreamThreadExceptionResponse handle(Throwable fault) {
    StreamThreadExceptionResponse response = faults.handle(fault);
    if (response == StreamThreadExceptionResponse.REPLACE_THREAD) {
      Thread dying = Thread.currentThread();
      Thread.ofVirtual().name("the end of " + dying.getName()).start(() -> awaitEnd(dying));
    }
    return response;
  }

  private void awaitEnd(Thread dying) {
    try {
      int interrupts = 0;
      while (interrupts < MOST_INTERRUPTS && !dying.join(endWithin)) {
        if (Arrays.stream(dying.getStackTrace()).noneMatch(restores)) {
          LOG.warn(
              "the thread {} has died and waits for Kafka in vain: it is interrupted",
              dying.getName());
          interrupt(dying);
          interrupts++;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has a thread that waits for Kafka end; that it ends by an exception is no fault. */
  static void interrupt(Thread thread) {
    thread.setUncaughtExceptionHandler(DyingThreads::ended);
    restoring(thread).forEach(each -> each.setUncaughtExceptionHandler(DyingThreads::ended));
    thread.interrupt();
  }

  /** The thread that restores its tasks, whose consumer and tasks it closes under it. */
  private static Stream<Thread> restoring(Thread thread) {
    String name = thread.getName().replace("-StreamThread-", "-StateUpdater-");
    return Thread.getAllStackTraces().keySet().stream()
        .filter(each -> each.getName().equals(name) && !each.equals(thread));
  }

  private static void ended(Thread thread, Throwable interrupted) {
    LOG.info(
        "the thread {} ended when it was interrupted: {}",
        thread.getName(),
        String.valueOf(interrupted));
  }
}
