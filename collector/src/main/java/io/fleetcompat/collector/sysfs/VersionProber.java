package io.fleetcompat.collector.sysfs;

import io.fleetcompat.collector.libc.Errno;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A prober of version attributes below one root: it hands a string to the driver behind an
 * attribute and says what came of it, within a deadline whatever the driver does. Each probe has a
 * thread of its own, so reading goes on meanwhile. Any thread.
 */
public final class VersionProber {

  /** Probes that may hang at once; beyond it nothing is written. */
  static final int MAX_HANGING = 4;

  private static final long STACK_BYTES = 256 << 10;

  private final String root;
  private final Duration deadline;
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();

  VersionProber(String root, Duration deadline) {
    this.root = root;
    this.deadline = deadline;
  }

  /** The answer of the driver to a string; nothing else is ever written. */
  public ProbeOutcome probe(VersionAttribute attribute, String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > VersionWrite.MAX_BYTES) {
      return new ProbeOutcome.Inconclusive(
          0,
          "expected a string of 1 to %d bytes, found %d".formatted(VersionWrite.MAX_BYTES, bytes));
    }
    if (hanging.size() >= MAX_HANGING || !hanging.add(attribute.path())) {
      return new ProbeOutcome.Inconclusive(Errno.EBUSY, "an earlier probe has not returned");
    }
    AtomicBoolean decided = new AtomicBoolean();
    VersionWrite write =
        new VersionWrite(
            new LinkResolver(root, FileCalls::stat),
            attribute,
            text,
            () -> decided.compareAndSet(false, true));
    FutureTask<ProbeOutcome> task =
        new FutureTask<>(
            () -> {
              try {
                return write.perform();
              } finally {
                hanging.remove(attribute.path());
              }
            });
    start(task, attribute.path());
    return await(task, decided);
  }

  private void start(FutureTask<ProbeOutcome> task, String path) {
    Thread thread = new Thread(null, task, "version-probe", STACK_BYTES);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (Error e) {
      hanging.remove(path);
      throw e;
    }
  }

  /** What has not begun to write when the deadline is over never will. */
  private ProbeOutcome await(FutureTask<ProbeOutcome> task, AtomicBoolean decided) {
    try {
      return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      boolean neverWritten = decided.compareAndSet(false, true);
      return new ProbeOutcome.Inconclusive(
          Errno.ETIMEDOUT,
          "the driver did not answer within %d ms%s"
              .formatted(deadline.toMillis(), neverWritten ? "; nothing was written" : ""));
    } catch (InterruptedException e) {
      boolean _ = decided.compareAndSet(false, true);
      Thread.currentThread().interrupt();
      return new ProbeOutcome.Inconclusive(Errno.EINTR, "the collector stops");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return new ProbeOutcome.Inconclusive(
          0, "expected to make sense of it, and failed: " + e.getCause());
    }
  }
}
