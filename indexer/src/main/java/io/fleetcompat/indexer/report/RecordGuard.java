package io.fleetcompat.indexer.report;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;

/**
 * A guard around work that a record alone decides: where our own code fails on it, the record is
 * rejected, and the indexer goes on. Else it would fail on the same record after every start. The
 * work must not change state. One stream thread.
 */
public final class RecordGuard {

  private final FaultTraces traces = new FaultTraces();

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
      traces.log(() -> "a record, which is rejected", e);
      throw new BadRecordException(
          Code.FAULT,
          "a record that our code can read (report this, with the record)",
          e.toString());
    }
  }
}
