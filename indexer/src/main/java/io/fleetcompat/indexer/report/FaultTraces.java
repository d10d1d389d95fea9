package io.fleetcompat.indexer.report;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stack traces of our own faults as the log has them: at most one in a while, since one hostile
 * sender must not fill it. One stream thread.
 */
public final class FaultTraces {

  /** The time between two stack traces. */
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(FaultTraces.class);

  private long traced = System.nanoTime() - BETWEEN.toNanos();

  /**
   * Logs a fault, if none was logged lately.
   *
   * @param on what our code failed on, and what becomes of that
   */
  public void log(Supplier<String> on, Throwable fault) {
    long now = System.nanoTime();
    if (now - traced >= BETWEEN.toNanos()) {
      traced = now;
      LOG.error("our own code failed on {}; please report it", on.get(), fault);
    }
  }
}
