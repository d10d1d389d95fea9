package io.fleetcompat.collector.watch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, with jitter so that a fleet does not do it all at once; the first
 * time after a part of the interval. A failure is logged, and does not end it. Any thread closes
 * it.
 */
public final class Every implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Every.class);

  private final ScheduledExecutorService threads;
  private final RandomGenerator random;
  private final long interval;
  private final double jitter;
  private final Runnable task;
  private volatile boolean closed;

  /**
   * @param jitter each wait is this share longer or shorter at most, such as 0.1
   */
  public Every(
      Duration interval,
      double jitter,
      ScheduledExecutorService threads,
      RandomGenerator random,
      Runnable task) {
    this.interval = interval.toNanos();
    this.jitter = jitter;
    this.threads = threads;
    this.random = random;
    this.task = task;
    after((long) (this.interval * random.nextDouble(0.05, 1)));
  }

  @Override
  public void close() {
    closed = true;
  }

  private void run() {
    if (closed) {
      return;
    }
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A periodic task failed; it goes on", e);
      throw e;
    } finally {
      after((long) (interval * (1 + jitter * random.nextDouble(-1, 1))));
    }
  }

  private void after(long nanos) {
    if (!closed && !threads.isShutdown()) {
      ScheduledFuture<?> _ = threads.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
    }
  }
}
