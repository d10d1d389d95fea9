package io.fleetcompat.collector.watch;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.fault.Trouble;
import io.fleetcompat.collector.report.CollectorMetrics;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is done again and again, with jitter so that a fleet does not do it all at once; the
 * first time after a part of the interval. A failure is counted, logged when it begins, and ends
 * nothing. Any thread closes it.
 */
public final class RepeatedTask implements AutoCloseable {

  /** Each wait is this share longer or shorter at most. */
  private static final double JITTER = 0.1;

  private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

  private final String name;
  private final long interval;
  private final ScheduledExecutorService threads;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final CollectorMetrics metrics;
  private final Faults faults;
  private final Runnable task;
  private final Trouble trouble = new Trouble();
  private volatile boolean closed;

  /**
   * @param name of the task, for messages
   */
  public RepeatedTask(
      String name,
      Duration interval,
      ScheduledExecutorService threads,
      CollectorMetrics metrics,
      Faults faults,
      Runnable task) {
    this.name = name;
    this.interval = interval.toNanos();
    this.threads = threads;
    this.metrics = metrics;
    this.faults = faults;
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
      if (trouble.ends()) {
        LOG.info("{}: works again", name);
      }
    } catch (RuntimeException | Error e) {
      failed(e);
    } finally {
      after((long) (interval * (1 + JITTER * random.nextDouble(-1, 1))));
    }
  }

  private void failed(Throwable e) {
    metrics.failedTasks().increment();
    if (faults.isOfOneItem(name, e) && trouble.begins(e.toString())) {
      LOG.error("{}: failed, and is tried again", name, e);
    }
  }

  private void after(long nanos) {
    if (!closed && !threads.isShutdown()) {
      ScheduledFuture<?> _ = threads.schedule(this::run, nanos, TimeUnit.NANOSECONDS);
    }
  }
}
