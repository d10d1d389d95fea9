package io.fleetcompat.collector;

import io.fleetcompat.collector.fault.Faults;
import io.fleetcompat.collector.report.CollectorMetrics;
import io.fleetcompat.collector.watch.QuietPeriod;
import io.fleetcompat.collector.watch.RepeatedTask;
import io.fleetcompat.collector.watch.UeventSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The times at which one host is looked at and speaks: when something is heard, and again and
 * again. One thread begins; any hints and closes.
 */
final class LookSchedule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LookSchedule.class);

  private final CollectorConfig config;
  private final HostLook look;
  private final ScheduledExecutorService threads;
  private final CollectorMetrics metrics;
  private final Faults faults;

  /** True while a look waits for a thread. Hints meanwhile need no other. */
  private final AtomicBoolean waiting = new AtomicBoolean();

  /** True while a look waits for which Kafka's loss is the cause. */
  private final AtomicBoolean resending = new AtomicBoolean();

  private final RandomGenerator random = RandomGenerator.getDefault();

  /** The parts that are stopped at the end, in order. */
  private final List<Runnable> parts = new ArrayList<>();

  LookSchedule(
      CollectorConfig config,
      HostLook look,
      ScheduledExecutorService threads,
      CollectorMetrics metrics,
      Faults faults) {
    this.config = config;
    this.look = look;
    this.threads = threads;
    this.metrics = metrics;
    this.faults = faults;
  }

  /**
   * Begins with a look.
   *
   * @param heartbeat the sign of life
   * @param use the look at which devices are in use, where somebody can tell
   * @param losses takes what is to be done when Kafka has no document any more that counts, and
   *     gives what ends that
   */
  void begin(Runnable heartbeat, Optional<Runnable> use, UnaryOperator<Runnable> losses) {
    Intervals intervals = config.process().intervals();
    parts.add(losses.apply(this::resendLater));
    lookSoon(Cause.START);
    if (look.isLive()) {
      listen(intervals);
    } else {
      repeat("poll", config.poll(), look::takeIfMoved);
    }
    repeat("scan", intervals.rescan(), () -> look.take(Cause.SCAN));
    repeat("refresh", intervals.refresh(), () -> look.take(Cause.REFRESH));
    repeat("heartbeat", intervals.heartbeat(), heartbeat);
    use.ifPresent(look -> repeat("use", intervals.use(), look));
  }

  private void repeat(String task, Duration interval, Runnable what) {
    String name = config.host().name() + ": " + task;
    RepeatedTask repeated = new RepeatedTask(name, interval, threads, metrics, faults, what);
    parts.add(repeated::close);
  }

  private void listen(Intervals intervals) {
    QuietPeriod quiet =
        new QuietPeriod(
            threads,
            () -> look.take(Cause.UEVENT),
            intervals.settle(),
            intervals.settleMost(),
            intervals.late());
    try {
      UeventSocket socket = UeventSocket.listen(quiet::hint, metrics, faults);
      parts.add(socket::close);
    } catch (IOException e) {
      LOG.warn("{}; changes show after at most {}", e.getMessage(), intervals.rescan());
    }
  }

  /** Looks as soon as a thread is free; returns at once. */
  void lookSoon(Cause cause) {
    if (waiting.compareAndSet(false, true)) {
      threads.execute(
          () -> {
            waiting.set(false);
            look.take(cause);
          });
    }
  }

  /**
   * Looks at a moment by chance within the time of {@link Intervals#resend}, and sends the whole
   * document; returns at once.
   */
  void resendLater() {
    if (resending.compareAndSet(false, true)) {
      long most = config.process().intervals().resend().toMillis();
      try {
        var _ = threads.schedule(this::resend, random.nextLong(most + 1), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("no look any more: the collector is closed", e);
      }
    }
  }

  private void resend() {
    resending.set(false);
    look.take(Cause.RESEND);
  }

  @Override
  public void close() {
    parts.forEach(this::stop);
  }

  private void stop(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      LOG.warn("{}: a part of its collector did not stop", config.host().name(), e);
    }
  }
}
