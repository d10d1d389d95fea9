package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.Basis;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import java.util.Optional;

/**
 * One request on its way to an answer.
 *
 * @param variable the path's last part where the route has one there, decoded; else empty
 * @param body empty for GET
 * @param lastEventId header {@code Last-Event-ID}; empty where there is none
 * @param stale whether the snapshot is older than it may be
 * @param deadline when to give up, as {@link System#nanoTime()}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never changed
record Call(
    Parameters parameters,
    String variable,
    byte[] body,
    Optional<String> lastEventId,
    Snapshot snapshot,
    boolean stale,
    long deadline) {

  /** The same question to another snapshot. */
  Call with(Snapshot other, boolean otherIsStale) {
    return new Call(parameters, variable, body, lastEventId, other, otherIsStale, deadline);
  }

  IndexView view() {
    return snapshot.view();
  }

  /** The state of the index that the answer is made from. */
  Basis basis() {
    return new Basis(snapshot.revision(), snapshot.asOf(), stale, view().ruleSet());
  }

  /** Ends the answer if its time is up; called in loops that may take long. */
  void checkDeadline() {
    if (System.nanoTime() - deadline > 0) {
      throw new Problem(Code.TIMEOUT, "expected an answer in time; ask for less at once, or again");
    }
  }
}
