package io.fleetcompat.cli.signal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wish to stop: SIGINT, SIGTERM or SIGHUP. The command then closes what it started and says so,
 * and the process ends with the command's own exit status (0 for a clean stop), not with 130.
 *
 * <p>Threads: any; the command waits on one and the JVM's shutdown hook asks on another.
 */
public final class StopSignal {

  /** The time after which the process ends, whatever is still closing. */
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(25);

  /** The status where the deadline passed. */
  private static final int NOT_CLEAN = 1;

  private final CountDownLatch wanted = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicReference<@Nullable Thread> starting = new AtomicReference<>();
  private volatile int status = NOT_CLEAN;

  private StopSignal() {}

  /** Listens from now on. */
  public static StopSignal listen() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::endProcess, "stop"));
    return signal;
  }

  /** Lets a wish to stop interrupt the calling thread, from now on until {@link #started}. */
  public void starting() {
    starting.set(Thread.currentThread());
  }

  /** The start is over, however it ended: the thread is not interrupted any more. */
  public void started() {
    starting.set(null);
    if (isWanted()) {
      Thread.interrupted();
    }
  }

  /** Waits until somebody wants us to stop. */
  public void await() throws InterruptedException {
    wanted.await();
  }

  /** Waits a while; says whether somebody wants us to stop. */
  public boolean await(Duration time) throws InterruptedException {
    return wanted.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean isWanted() {
    return wanted.getCount() == 0;
  }

  /** Stops as if a signal had come. */
  public void want() {
    wanted.countDown();
    Thread waiting = starting.getAndSet(null);
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** Everything is closed: the process may end with this status. */
  public int stopped(int exitStatus) {
    status = exitStatus;
    stopped.countDown();
    return exitStatus;
  }

  private void endProcess() {
    if (stopped.getCount() == 0) {
      return;
    }
    want();
    try {
      if (stopped.await(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(NOT_CLEAN);
  }
}
