package io.fleetcompat.cli.up;

import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps changing a simulated fleet at a rate, on a thread of its own. */
final class Churn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Churn.class);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(3);

  private final ExecutorService thread;

  private Churn(ExecutorService thread) {
    this.thread = thread;
  }

  /**
   * Begins.
   *
   * @param perSecond changes a second, above 0
   * @param hint learns the name of every host that was changed
   */
  static Churn start(SimulatedFleet fleet, double perSecond, Consumer<String> hint) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("churn").factory());
    long nanos = Math.max(1, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
    var _ =
        thread.scheduleAtFixedRate(() -> change(fleet, hint), nanos, nanos, TimeUnit.NANOSECONDS);
    return new Churn(thread);
  }

  private static void change(SimulatedFleet fleet, Consumer<String> hint) {
    try {
      SimulatedFleet.Change change = fleet.change();
      hint.accept(change.host());
      LOG.debug("{}", change);
    } catch (IOException e) {
      LOG.warn("a change of the simulated fleet failed: {}", e.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
