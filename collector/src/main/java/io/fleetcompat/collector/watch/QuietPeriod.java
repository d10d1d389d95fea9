package io.fleetcompat.collector.watch;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The quiet after a burst of hints, which makes one look out of all of them: when it has lasted for
 * a while, or has not come for too long; and a second look later, since drivers add attributes
 * after the event. Guarded by itself; any number of threads.
 */
public final class QuietPeriod {

  private final ScheduledExecutorService threads;
  private final Runnable look;
  private final long quiet;
  private final long most;
  private final long late;
  private long firstHint;
  private long lastHint;
  private boolean waiting;

  /**
   * The second look that is due after the last look; a new one replaces it, so there are never two.
   */
  private @Nullable ScheduledFuture<?> second;

  public QuietPeriod(
      ScheduledExecutorService threads,
      Runnable look,
      Duration quiet,
      Duration most,
      Duration late) {
    this.threads = threads;
    this.look = look;
    this.quiet = quiet.toNanos();
    this.most = most.toNanos();
    this.late = late.toNanos();
  }

  /** Something moved; returns at once. */
  public synchronized void hint() {
    lastHint = System.nanoTime();
    if (!waiting) {
      waiting = true;
      firstHint = lastHint;
      lookAfter(Math.min(quiet, most));
    }
  }

  private void lookAfter(long nanos) {
    ScheduledFuture<?> _ = threads.schedule(this::lookIfQuiet, nanos, TimeUnit.NANOSECONDS);
  }

  private void lookIfQuiet() {
    synchronized (this) {
      long now = System.nanoTime();
      long left = Math.min(lastHint + quiet, firstHint + most) - now;
      if (left > 0) {
        lookAfter(left);
        return;
      }
      waiting = false;
      if (second != null) {
        second.cancel(false);
      }
      second = threads.schedule(look, late, TimeUnit.NANOSECONDS);
    }
    look.run();
  }
}
