package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;

/**
 * One request on its way to an answer.
 *
 * @param variable the path's last part where the route has one there, decoded; else empty
 * @param body empty for GET
 * @param stale whether the snapshot is older than it may be
 * @param deadline when to give up, as {@link System#nanoTime()}
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never changed
record Call(
    Parameters parameters,
    String variable,
    byte[] body,
    Snapshot snapshot,
    boolean stale,
    long deadline) {

  private static final JsonName REVISION = JsonName.of("revision");
  private static final JsonName AS_OF = JsonName.of("asOf");
  private static final JsonName STALE = JsonName.of("stale");

  IndexView view() {
    return snapshot.view();
  }

  /** Ends the answer with what it is based on. */
  Answer answer(JsonBytes json) {
    json.name(REVISION).number(snapshot.revision());
    json.name(AS_OF);
    if (snapshot.asOf() == 0) {
      json.nothing();
    } else {
      json.time(snapshot.asOf());
    }
    return Answer.json(json.name(STALE).bool(stale).close());
  }

  /** To be called in loops that may take long. */
  void checkDeadline() {
    if (System.nanoTime() - deadline > 0) {
      throw new Problem(Code.TIMEOUT, "expected an answer in time; ask for less at once, or again");
    }
  }
}
