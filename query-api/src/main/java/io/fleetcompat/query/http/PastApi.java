package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.history.HistoryException;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.PastSightings;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.past.PastSnapshots.Answer;
import io.fleetcompat.query.replica.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routes that answer as of a time that is past ({@code as-of}): the same routes over an older
 * snapshot, with the clock at that time. Any thread.
 */
final class PastApi {

  private final Optional<PastSnapshots> snapshots;
  private final Routes routes;
  private final Clock clock;

  /** Apart from those of now: rankings are kept for the newest matrix alone. */
  private final PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);

  /** Those that answered last, so that many questions about one time find their caches warm. */
  private volatile @Nullable Past last;

  /** The routes of questions, by the clock and the cache of verdicts that they go by. */
  interface Routes {
    List<Route> of(Sightings sightings, PairVerdicts<WrittenVerdict> verdicts);
  }

  /**
   * @param snapshots empty where this process keeps no history
   */
  PastApi(Optional<PastSnapshots> snapshots, Routes routes, Clock clock) {
    this.snapshots = snapshots;
    this.routes = routes;
    this.clock = clock;
  }

  /** The router and the snapshot that answer for a time. */
  record Past(Router router, Snapshot snapshot) {}

  /** The answerers for the time that a request names. */
  @SuppressWarnings("ReferenceEquality") // of the very snapshot that is kept
  Past at(String text) {
    Snapshot snapshot = snapshot(Route.AS_OF, text);
    Past known = last;
    if (known != null && known.snapshot() == snapshot) {
      return known;
    }
    Sightings sightings = new PastSightings(snapshot.asOf());
    Past made = new Past(new Router(routes.of(sightings, verdicts)), snapshot);
    last = made;
    return made;
  }

  /**
   * The snapshot of the time that a parameter names.
   *
   * @param name of the parameter, for the refusal
   */
  Snapshot snapshot(String name, String text) {
    Instant time = TimeParameter.parse(name, text, clock.instant());
    PastSnapshots past = snapshots.orElseThrow(References::noHistory);
    try {
      return found(name, past.at(time), time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopping();
    } catch (HistoryException e) {
      throw References.unreadableHistory();
    }
  }

  static Problem stopping() {
    return new Problem(Code.HISTORY_BEHIND, "the server is stopping; ask another");
  }

  private static Snapshot found(String name, Answer answer, Instant time) {
    return switch (answer) {
      case Answer.Found(Snapshot snapshot) -> snapshot;
      case Answer.Ahead(Instant now) ->
          throw new Problem(
              Code.BAD_REQUEST,
              "%s: expected a time up to now, %s, found %s".formatted(name, now, time));
      case Answer.TooOld(Instant since) ->
          throw new Problem(
              Code.TIME_TOO_OLD,
              "%s: expected a time from %s on, since when all changes are known, found %s"
                  .formatted(name, since, time));
      case Answer.NotBegun() ->
          throw new Problem(
              Code.HISTORY_BEHIND,
              "expected a history, which has not begun yet; ask again when /v1/status says since"
                  + " when it is there");
      case Answer.Behind(String what) ->
          throw new Problem(Code.HISTORY_BEHIND, what + "; ask again");
    };
  }
}
