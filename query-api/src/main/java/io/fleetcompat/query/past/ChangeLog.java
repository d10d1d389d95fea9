package io.fleetcompat.query.past;

import io.fleetcompat.schemas.ChangeKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** All changes of the index since some time, for whoever undoes them. Any thread. */
public interface ChangeLog {

  /** A subject that is put back. */
  interface Undo {

    /**
     * @param before the value that the subject had; empty where it had none
     * @param omitted whether it had one that is not known any more
     */
    void take(ChangeKey subject, Optional<byte[]> before, boolean omitted);
  }

  /** The time from which on no change is missing; empty where that is not known yet. */
  Optional<Instant> completeSince();

  /** Waits until it has all that there was when this was called; false where that took too long. */
  boolean awaitCurrent(Duration atMost) throws InterruptedException;

  /**
   * Gives every subject that has changed later than a time, once, with the value that it had then.
   *
   * @param after milliseconds since 1970
   * @return how many there were
   */
  long undo(long after, Undo undo);
}
