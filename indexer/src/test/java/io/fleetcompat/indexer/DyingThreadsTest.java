package io.fleetcompat.indexer;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Await;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.Test;

class DyingThreadsTest {

  private static final int TASKS = 3;

  private final CountDownLatch sent = new CountDownLatch(1);
  private final AtomicInteger interrupted = new AtomicInteger();

  @Test
  void aReplacedThreadThatWaitsForEverWithEachOfItsTasksIsEnded() {
    Thread dying = die(REPLACE_THREAD, Duration.ofMillis(1));
    Await.until("its end", () -> !dying.isAlive());
    assertThat(interrupted).hasValue(TASKS);
  }

  @Test
  void aThreadThatEndsInTimeIsNotInterrupted() {
    Thread dying = die(REPLACE_THREAD, Duration.ofHours(1));
    sent.countDown();
    Await.until("its end", () -> !dying.isAlive());
    assertThat(interrupted).hasValue(0);
  }

  @Test
  void whereTheIndexerStopsItInterruptsItsThreadsItself() {
    Thread dying = die(SHUTDOWN_CLIENT, Duration.ofMillis(1));
    Await.until("that it waits", () -> dying.getState() == Thread.State.WAITING);
    sent.countDown();
    Await.until("its end", () -> !dying.isAlive());
    assertThat(interrupted).hasValue(0);
  }

  @Test
  void aThreadThatWaitsForTheOneThatRestoresIsNotInterrupted() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    DyingThreads threads =
        new DyingThreads(
            _ -> REPLACE_THREAD,
            Duration.ofMillis(1),
            frame -> frame.getMethodName().equals("restore") && looks.incrementAndGet() > 0);
    Thread dying =
        Thread.ofPlatform()
            .start(
                () -> {
                  threads.handle(new TimeoutException("EndTxn"));
                  restore();
                });
    Await.until("that it was looked at", () -> looks.get() > 3);
    sent.countDown();
    dying.join();
    assertThat(interrupted).hasValue(0);
  }

  private void restore() {
    closeTask();
  }

  @Test
  void kafkaStreamsWaitsForTheOneThatRestoresWhereWeLook() throws Exception {
    assertThat(Class.forName(DyingThreads.RESTORING_CLASS).getDeclaredMethods())
        .extracting(Method::getName)
        .contains(DyingThreads.RESTORING_METHOD);
  }

  /** A watch on the threads of the process would end it for that one. */
  @Test
  void theEndOfTheThreadThatRestoresForAnInterruptedOneIsNoFault() throws Exception {
    AtomicInteger faults = new AtomicInteger();
    Thread streams = Thread.ofPlatform().name("a-StreamThread-1").unstarted(this::closeTask);
    Thread restoring = fails("a-StateUpdater-1", faults);
    Thread others = fails("a-StateUpdater-2", faults);
    for (Thread thread : List.of(streams, restoring, others)) {
      thread.start();
    }
    DyingThreads.interrupt(streams);
    streams.join();
    sent.countDown();
    restoring.join();
    others.join();
    assertThat(faults).as("the other one's").hasValue(1);
  }

  private Thread fails(String name, AtomicInteger faults) {
    return Thread.ofPlatform()
        .name(name)
        .uncaughtExceptionHandler((_, _) -> faults.incrementAndGet())
        .unstarted(
            () -> {
              closeTask();
              throw new IllegalStateException("This consumer has already been closed.");
            });
  }

  /** A thread that dies and then closes its tasks, each of which waits until all is sent. */
  private Thread die(StreamThreadExceptionResponse response, Duration endWithin) {
    DyingThreads threads = new DyingThreads(_ -> response, endWithin);
    return Thread.ofPlatform()
        .start(
            () -> {
              assertThat(threads.handle(new TimeoutException("EndTxn"))).isEqualTo(response);
              for (int task = 0; task < TASKS; task++) {
                closeTask();
              }
            });
  }

  private void closeTask() {
    try {
      sent.await();
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
    }
  }
}
