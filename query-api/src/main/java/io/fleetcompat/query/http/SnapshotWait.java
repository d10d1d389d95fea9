package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The wait for a snapshot that holds what a request asks for ({@code min-revision}, {@code
 * min-document}), bounded in time and in the number of requests that wait at once. Any thread.
 */
final class SnapshotWait {

  private static final int DEFAULT_MILLIS = 10_000;
  private static final int MAX_MILLIS = 60_000;

  private final Replica replica;
  private final int most;
  private final Semaphore waiting;

  /**
   * @param most requests that may wait at once
   */
  SnapshotWait(Replica replica, int most) {
    this.replica = replica;
    this.most = most;
    this.waiting = new Semaphore(most);
  }

  /**
   * The revision and the document that a request asks for, and the time that it would wait.
   *
   * @param millis longest time to wait
   */
  private record Asked(long revision, Optional<MinDocument> document, long millis) {

    static Asked of(Parameters parameters) {
      long revision = parameters.number(Route.MIN_REVISION, 0, Long.MAX_VALUE, 0);
      Optional<MinDocument> document = parameters.find(Route.MIN_DOCUMENT).map(MinDocument::parse);
      long millis = parameters.number(Route.WAIT_MS, 0, MAX_MILLIS, DEFAULT_MILLIS);
      return new Asked(revision, document, millis);
    }

    boolean isIn(Snapshot snapshot) {
      return snapshot.ready()
          && snapshot.revision() >= revision
          && document.map(d -> d.isIn(snapshot.view())).orElse(true);
    }

    Problem notReached(Snapshot found) {
      String asked =
          document.isEmpty()
              ? "revision %d within %d ms, found %d".formatted(revision, millis, found.revision())
              : "revision %d and document %s of host %s within %d ms, found %d and %s"
                  .formatted(
                      revision,
                      document.get().version(),
                      Problem.quote(document.get().host()),
                      millis,
                      found.revision(),
                      document.get().found(found.view()));
      return new Problem(
          Code.REVISION_NOT_REACHED,
          "expected " + asked + "; ask again, or with a larger " + Route.WAIT_MS);
    }
  }

  /** True where a request asks to wait, although its route could answer at once. */
  static boolean isAskedFor(Parameters parameters) {
    return parameters.find(Route.MIN_REVISION).isPresent()
        || parameters.find(Route.MIN_DOCUMENT).isPresent();
  }

  /** The newest snapshot if it holds what is asked for, else the first that does. */
  Snapshot snapshot(Parameters parameters) {
    Asked asked = Asked.of(parameters);
    Snapshot newest = replica.snapshot();
    if (!newest.ready()) {
      throw notReady(newest);
    }
    return asked.isIn(newest) ? newest : await(asked);
  }

  private Snapshot await(Asked asked) {
    if (!waiting.tryAcquire()) {
      throw new Problem(
          Code.REVISION_NOT_REACHED,
          "expected at most " + most + " waiting requests; ask again later");
    }
    try {
      return replica
          .await(asked::isIn, Duration.ofMillis(asked.millis()))
          .orElseThrow(() -> inVain(asked, replica.snapshot()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem(Code.REVISION_NOT_REACHED, "the server is stopping; ask another");
    } finally {
      waiting.release();
    }
  }

  private static Problem inVain(Asked asked, Snapshot found) {
    return found.ready() ? asked.notReached(found) : notReady(found);
  }

  private static Problem notReady(Snapshot found) {
    return new Problem(
        Code.NOT_READY,
        "expected a complete index, "
            + found.lag()
            + " records are still to be read; "
            + "ask again when /health/ready says UP");
  }
}
