package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.AuditAnswer;
import io.fleetcompat.query.audit.FleetAudit;
import io.fleetcompat.query.audit.FleetAudit.Upgrades;
import io.fleetcompat.query.audit.FleetAudit.UpgradesQuestion;
import io.fleetcompat.query.audit.HistoryBehindException;
import io.fleetcompat.query.audit.ViewDifference;
import io.fleetcompat.query.history.HistoryException;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.settings.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/audit/upgrades} and {@code /v1/diff}: what upgrades did, and what is other now. */
final class AuditRoutes {

  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT = 50;
  private static final String DEFAULT_SINCE = "7d";
  private static final Duration DEFAULT_GAP = Duration.ofHours(1);

  private final Optional<FleetAudit> audit;
  private final PastApi past;
  private final Clock clock;

  /**
   * @param audit empty where this process keeps no history
   */
  AuditRoutes(Optional<FleetAudit> audit, PastApi past, Clock clock) {
    this.audit = audit;
    this.past = past;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.index(
            Method.GET,
            "/v1/audit/upgrades",
            Set.of("since", "until", "pool", "gap", "limit"),
            this::upgrades),
        Route.index(Method.GET, "/v1/diff", Set.of("from", "to", "pool"), this::diff));
  }

  private FleetAudit audit() {
    return audit.orElseThrow(References::noHistory);
  }

  private Response upgrades(Call call) {
    Parameters parameters = call.parameters();
    Instant now = clock.instant();
    Instant since =
        TimeParameter.parse("since", parameters.find("since").orElse(DEFAULT_SINCE), now);
    Instant until =
        parameters.find("until").map(text -> TimeParameter.parse("until", text, now)).orElse(now);
    if (until.isBefore(since)) {
      throw new Problem(
          Code.BAD_REQUEST, "expected until after since, %s, found %s".formatted(since, until));
    }
    UpgradesQuestion question =
        new UpgradesQuestion(
            since,
            until,
            parameters.find("pool"),
            parameters.find("gap").map(AuditRoutes::gap).orElse(DEFAULT_GAP),
            (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT));
    try {
      Upgrades found = audit().upgrades(question, call.snapshot(), call::checkDeadline);
      return Response.json(AuditAnswer.of(found, since, until, call.basis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PastApi.stopping();
    } catch (HistoryException e) {
      throw References.unreadableHistory();
    } catch (HistoryBehindException e) {
      throw new Problem(Code.HISTORY_BEHIND, e.getMessage() + "; ask again");
    }
  }

  private static Duration gap(String text) {
    try {
      return Times.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(Code.BAD_REQUEST, "gap: " + e.getMessage());
    }
  }

  private Response diff(Call call) {
    Parameters parameters = call.parameters();
    FleetAudit of = audit();
    Snapshot before = past.snapshot("from", parameters.require("from"));
    Snapshot after = past.snapshot("to", parameters.find("to").orElse("0s"));
    if (after.asOf() < before.asOf()) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected to after from, %s, found %s"
              .formatted(Instant.ofEpochMilli(before.asOf()), Instant.ofEpochMilli(after.asOf())));
    }
    Optional<List<String>> pools = parameters.find("pool").map(List::of);
    ViewDifference found = of.difference(before, after, pools, call::checkDeadline);
    return Response.json(AuditAnswer.of(found, before.asOf(), after.asOf(), call.basis()));
  }
}
