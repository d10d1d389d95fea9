package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.override.OverrideState;
import io.fleetcompat.query.follow.RejectedRecords;
import io.fleetcompat.query.follow.RejectedRecords.RejectedRecord;
import io.fleetcompat.query.history.HistoryStatus;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.lookup.Claims;
import io.fleetcompat.query.lookup.IndexSize;
import io.fleetcompat.query.lookup.Overrides;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProblemCounts;
import io.fleetcompat.query.replica.RefusedRules;
import io.fleetcompat.query.replica.RuleSetImages.Standing;
import io.fleetcompat.query.replica.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answers of {@code /v1/status} and {@code /health}. */
public final class StatusAnswer {

  /** The difference between two clocks that nobody needs to know of. */
  private static final Duration CLOCKS_AGREE = Duration.ofSeconds(2);

  private StatusAnswer() {}

  /**
   * The state of the index.
   *
   * @param ready what {@code /health/ready} says
   * @param rejected records that the replica could not use
   * @param history empty where this process keeps none
   * @param now milliseconds since 1970
   * @param wallAhead how far this machine's clock is ahead of the one that answers go by
   */
  public static JsonBytes of(
      Snapshot snapshot,
      boolean ready,
      RejectedRecords rejected,
      Optional<HistoryStatus> history,
      long now,
      Duration wallAhead,
      Basis basis) {
    IndexSize size = IndexSize.of(snapshot.view());
    JsonBytes json = new JsonBytes().open();
    json.name("hosts").number(size.hosts());
    json.name("endpoints").number(size.endpoints());
    if (size.refusing() > 0) {
      json.name("refusingHosts").number(size.refusing());
    }
    int contradicted = Claims.contradicted(snapshot.view());
    if (contradicted > 0) {
      json.name("declaredContradicted").number(contradicted);
    }
    problems(json, snapshot.view().fleet().problems());
    json.name("profiles").number(size.profiles());
    json.name("pendingProfiles").number(size.pendingProfiles());
    json.name("generation").number(size.generation());
    json.name("policies").openArray();
    size.policies().forEach(json::string);
    json.closeArray();
    ruleSets(json, snapshot.view());
    overrides(json, Overrides.counts(snapshot.view(), now));
    snapshot.view().ruleSets().refused().ifPresent(refused -> refused(json, refused));
    if (wallAhead.abs().compareTo(CLOCKS_AGREE) > 0) {
      json.name("clockAhead").number(wallAhead.toMillis());
    }
    json.name("lag").number(snapshot.lag());
    json.name("ready").bool(ready);
    json.name("rejectedRecords").number(rejected.count());
    json.name("newestRejected").openArray();
    for (RejectedRecord each : rejected.newest()) {
      json.open().name("record").string(each.record()).name("reason").string(each.reason()).close();
    }
    json.closeArray();
    history(json, history);
    return basis.end(json);
  }

  /** Only where there are any. */
  private static void problems(JsonBytes json, ProblemCounts counts) {
    if (counts.byKind().isEmpty()) {
      return;
    }
    json.name("problems").openArray();
    counts
        .byKind()
        .forEach(
            (kind, count) -> {
              json.open().name("kind").string(kind.toString());
              json.name("hosts").number(count.hosts());
              json.name("problems").number(count.problems());
              json.name("meaning").string(kind.meaning());
              json.name("toDo").string(kind.toDo()).close();
            });
    json.closeArray();
  }

  private static void history(JsonBytes json, Optional<HistoryStatus> history) {
    json.name("history");
    if (history.isEmpty()) {
      json.nothing();
      return;
    }
    HistoryStatus status = history.get();
    json.open().name("completeSince");
    timeOrNull(json, status.completeSince());
    json.name("asOf");
    timeOrNull(json, status.asOf());
    json.name("changes").number(status.changes());
    json.name("bytes").number(status.bytes());
    json.name("lag").number(status.lag());
    json.name("rejectedRecords").number(status.rejected());
    json.name("fault").stringOrNull(status.fault()).close();
  }

  private static void timeOrNull(JsonBytes json, Optional<Instant> time) {
    if (time.isPresent()) {
      json.time(time.get().toEpochMilli());
    } else {
      json.nothing();
    }
  }

  /** Only while there is something to tell: another set is in force, or more than one is kept. */
  private static void ruleSets(JsonBytes json, IndexView view) {
    view.ruleSetAhead().ifPresent(ahead -> json.name("ruleSetInForce").string(ahead));
    List<Standing> standings = view.ruleSets().standings();
    if (standings.size() < 2 && view.ruleSetAhead().isEmpty()) {
      return;
    }
    json.name("ruleSets").openArray();
    for (Standing each : standings) {
      json.open().name("ruleSet").string(each.ruleSet());
      json.name("generation").number(each.generation());
      json.name("known").bool(each.known()).close();
    }
    json.closeArray();
  }

  /** Only where there are any. */
  private static void overrides(JsonBytes json, Map<OverrideState, Integer> counts) {
    if (counts.isEmpty()) {
      return;
    }
    json.name("overrides").open();
    for (OverrideState state : OverrideState.values()) {
      json.name(state.toString()).number(counts.getOrDefault(state, 0));
    }
    json.close();
  }

  private static void refused(JsonBytes json, RefusedRules refused) {
    json.name("refusedRules").open().name("reason").string(refused.reason());
    refused.since().ifPresent(since -> json.name("since").time(since));
    json.close();
  }

  /**
   * The answer about health: UP where all is well, else DOWN with the reason.
   *
   * @param problem why it is not
   */
  public static JsonBytes health(Optional<String> problem) {
    JsonBytes json = new JsonBytes().open();
    json.name("status").string(problem.isEmpty() ? "UP" : "DOWN");
    problem.ifPresent(reason -> json.name("reason").string(reason));
    return json.close();
  }
}
