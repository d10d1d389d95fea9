package io.fleetcompat.indexer.report;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guard around work that a record alone decides: where our own code fails on it, the record is
 * rejected, and the indexer goes on. Else it would fail on the same record after every start. The
 * work must not change state. One stream thread.
 */
public final class RecordGuard {

  /** Between two stack traces: one hostile sender must not fill the log. */
  private static final Duration BETWEEN_TRACES = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RecordGuard.class);

  private long traced = System.nanoTime() - BETWEEN_TRACES.toNanos();

  /** Work that gives a value or refuses its record. */
  public interface Work<T> {
    T run() throws BadRecordException;
  }

  /**
   * Runs the work and gives its value.
   *
   * @throws BadRecordException if it refuses the record, or fails on it
   */
  @SuppressWarnings("IllegalCatch") // whatever our own code throws
  public <T> T run(Work<T> work) throws BadRecordException {
    try {
      return work.run();
    } catch (RuntimeException | StackOverflowError e) {
      trace(e);
      throw new BadRecordException(
          Code.FAULT,
          "a record that our code can read (report this, with the record)",
          e.toString());
    }
  }

  private void trace(Throwable fault) {
    long now = System.nanoTime();
    if (now - traced >= BETWEEN_TRACES.toNanos()) {
      traced = now;
      LOG.error("our own code failed on a record, which is rejected; please report it", fault);
    }
  }
}
