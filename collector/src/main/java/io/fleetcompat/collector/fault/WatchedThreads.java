package io.fleetcompat.collector.fault;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that say what their tasks throw. Tasks deal with their own failures; this is the net
 * below them, since an executor keeps what a task throws to itself.
 */
public final class WatchedThreads extends ScheduledThreadPoolExecutor {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedThreads.class);

  private final String name;
  private final Faults faults;

  /**
   * @param name of the threads, with their number
   */
  public WatchedThreads(String name, int threads, Faults faults) {
    super(threads, Thread.ofPlatform().daemon().name(name, 0).factory());
    this.name = name;
    this.faults = faults;
  }

  @Override
  protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
    super.afterExecute(task, thrown);
    Throwable escaped = thrown == null ? kept(task) : thrown;
    if (escaped != null && faults.isOfOneItem(name, escaped)) {
      LOG.error("A task of the threads {} failed", name, escaped);
    }
  }

  private static @Nullable Throwable kept(Runnable task) {
    if (!(task instanceof Future<?> future) || !future.isDone()) {
      return null;
    }
    try {
      Object _ = future.get();
      return null;
    } catch (CancellationException e) {
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
