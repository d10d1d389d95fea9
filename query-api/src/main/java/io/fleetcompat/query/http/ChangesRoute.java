package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.ChangesAnswer;
import io.fleetcompat.query.history.ChangePosition;
import io.fleetcompat.query.history.ChangesPage;
import io.fleetcompat.query.history.ChangesQuestion;
import io.fleetcompat.query.history.History;
import io.fleetcompat.query.history.HistoryException;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Index;
import io.fleetcompat.query.http.Route.Method;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v1/changes}: what has changed, the newest first. */
final class ChangesRoute {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1000;

  /** The time that is listed where none is given. */
  static final Duration DEFAULT_SINCE = Duration.ofHours(24);

  private static final List<String> PARAMETERS =
      ChangeParameters.and("cursor", "limit", "since", "until");

  private final Optional<History> history;
  private final Clock clock;

  /**
   * @param history empty where this process keeps none
   */
  ChangesRoute(Optional<History> history, Clock clock) {
    this.history = history;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(new Route(Method.GET, "/v1/changes", PARAMETERS, Index.NEVER, this::list));
  }

  private Response list(Call call) {
    History kept = history.orElseThrow(References::noHistory);
    Parameters parameters = call.parameters();
    int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    Optional<ChangesCursor> cursor = parameters.find("cursor").map(Cursors::changes);
    ChangesQuestion question = question(parameters, cursor);
    requireKnown(kept, question);
    try {
      ChangesPage page = kept.page(question, cursor.map(ChangesCursor::last), limit);
      Optional<String> next =
          page.next()
              .map(last -> new ChangesCursor(question.since(), question.until(), last))
              .map(Cursors::ofChanges);
      return Response.json(ChangesAnswer.of(page, question, kept.status(), next));
    } catch (HistoryException e) {
      throw References.unreadableHistory();
    }
  }

  private ChangesQuestion question(Parameters parameters, Optional<ChangesCursor> cursor) {
    Instant now = clock.instant();
    long until =
        cursor
            .map(ChangesCursor::until)
            .or(() -> time(parameters, "until", now))
            .orElse(now.toEpochMilli());
    long since =
        cursor
            .map(ChangesCursor::since)
            .or(() -> time(parameters, "since", now))
            .orElse(until - DEFAULT_SINCE.toMillis());
    if (until < 0) {
      throw new Problem(
          Code.BAD_REQUEST,
          "until: expected a time from 1970 on, found " + Instant.ofEpochMilli(until));
    }
    if (since > until) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected since not later than until, found %s and %s"
              .formatted(Instant.ofEpochMilli(since), Instant.ofEpochMilli(until)));
    }
    return new ChangesQuestion(since, until, ChangeParameters.filter(parameters));
  }

  private static Optional<Long> time(Parameters parameters, String name, Instant now) {
    return parameters.find(name).map(text -> TimeParameter.parse(name, text, now).toEpochMilli());
  }

  /** Refuses a time of which nothing is known: an empty list would say that nothing has changed. */
  private static void requireKnown(History kept, ChangesQuestion question) {
    Optional<Instant> since = kept.completeSince();
    if (since.isPresent() && question.until() < since.get().toEpochMilli()) {
      throw new Problem(
          Code.TIME_TOO_OLD,
          "until: expected a time from %s on, since when all changes are known, found %s"
              .formatted(since.get(), Instant.ofEpochMilli(question.until())));
    }
  }

  /**
   * The end of a page of changes. The times are those of the first page: a duration such as 24h
   * would mean another on each.
   *
   * @param last position that was looked at
   */
  record ChangesCursor(long since, long until, ChangePosition last) {
    ChangesCursor {
      if (until < 0) {
        throw new IllegalArgumentException("expected a time from 1970 on, found " + until);
      }
    }
  }
}
