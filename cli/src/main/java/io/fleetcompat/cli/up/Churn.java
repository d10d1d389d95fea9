package io.fleetcompat.cli.up;

import io.fleetcompat.simulation.SimulatedFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A steady change of a simulated fleet, on a thread of its own. A change that the disk refuses is
 * logged once, and tried again; any other failure is final.
 */
final class Churn implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Churn.class);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(3);

  private final SimulatedFleet fleet;
  private final Consumer<String> hint;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("churn").factory());
  private boolean refused;
  private volatile boolean failed;

  private Churn(SimulatedFleet fleet, Consumer<String> hint) {
    this.fleet = fleet;
    this.hint = hint;
  }

  /**
   * Begins.
   *
   * @param perSecond changes a second, above 0
   * @param hint learns the name of every host that was changed
   */
  static Churn start(SimulatedFleet fleet, double perSecond, Consumer<String> hint) {
    Churn churn = new Churn(fleet, hint);
    long nanos = Math.max(1, (long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
    var _ = churn.thread.scheduleAtFixedRate(churn::change, nanos, nanos, TimeUnit.NANOSECONDS);
    return churn;
  }

  /** True once no change will be made any more although nobody closed it. */
  boolean hasFailed() {
    return failed;
  }

  @SuppressWarnings(
      "IllegalCatch") // the executor would swallow it, and the fleet would stand still
  private void change() {
    try {
      SimulatedFleet.Change change = fleet.change();
      hint.accept(change.host());
      LOG.debug("{}", change);
      refused = false;
    } catch (IOException e) {
      if (!refused) {
        LOG.warn("a change of the simulated fleet failed, and is tried again: {}", e.toString());
      }
      refused = true;
    } catch (RuntimeException | Error e) {
      LOG.error("the simulated fleet cannot be changed any more", e);
      failed = true;
      throw e;
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
