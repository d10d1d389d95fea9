package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Timer;
import java.util.TimerTask;
import org.junit.jupiter.api.Test;

/** A thread that throws ends the process; one that serves a single caller does not. */
class DeadThreadsTest {

  private final DeadThreads dead = new DeadThreads();

  @Test
  void aPlatformThreadThatThrowsIsNoticed() throws InterruptedException {
    Thread thread = Thread.ofPlatform().uncaughtExceptionHandler(dead).start(this::fail);
    thread.join();
    assertThat(dead.any()).isTrue();
  }

  @Test
  void aTimerThatThrowsIsNoticed() throws InterruptedException {
    Timer timer = new Timer("a timer", true);
    Thread[] thread = new Thread[1];
    Object seen = new Object();
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            synchronized (seen) {
              thread[0] = Thread.currentThread();
              seen.notifyAll();
            }
            Thread.currentThread().setUncaughtExceptionHandler(dead);
            fail();
          }
        },
        0);
    synchronized (seen) {
      while (thread[0] == null) {
        seen.wait();
      }
    }
    thread[0].join();
    assertThat(dead.any()).isTrue();
  }

  @Test
  void aVirtualThreadServesOneCallerAlone() throws InterruptedException {
    Thread thread = Thread.ofVirtual().uncaughtExceptionHandler(dead).start(this::fail);
    thread.join();
    assertThat(dead.any()).isFalse();
  }

  private void fail() {
    throw new IllegalStateException("a mistake of ours");
  }
}
