package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.answer.OutcomeAnswer;
import io.fleetcompat.query.http.HttpApi.Outcomes;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Predictions;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.outcome.KeptOutcome;
import io.fleetcompat.query.outcome.MigrationReport;
import io.fleetcompat.query.outcome.OutcomeBoard;
import io.fleetcompat.query.outcome.OutcomeNotRecordedException;
import io.fleetcompat.query.outcome.OutcomeRecords;
import io.fleetcompat.query.outcome.OutcomeSender;
import io.fleetcompat.query.outcome.Predictor;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.MigrationOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * {@code POST /v1/outcomes}: what a migration really did. {@code /v1/outcomes/ID} and {@code
 * /v1/audit/outcomes}: what outcomes say of the index. Any thread.
 */
final class OutcomeRoutes {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 1000;

  private final Optional<Outcomes> outcomes;
  private final Predictor predictor;
  private final Sightings sightings;
  private final PairVerdicts<?> verdicts;
  private final Clock clock;

  /**
   * @param outcomes empty where this process follows none
   */
  OutcomeRoutes(
      Optional<Outcomes> outcomes,
      Predictor predictor,
      Sightings sightings,
      PairVerdicts<?> verdicts,
      Clock clock) {
    this.outcomes = outcomes;
    this.predictor = predictor;
    this.sightings = sightings;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.index(Method.POST, "/v1/outcomes", Set.of(), this::take),
        Route.index(Method.GET, "/v1/outcomes/{outcome}", Set.of(), this::one),
        Route.index(Method.GET, "/v1/audit/outcomes", Set.of("limit", "since"), this::audit));
  }

  private Response take(Call call) {
    Outcomes to = outcomes.orElseThrow(OutcomeRoutes::none);
    OutcomeSender sender =
        to.sender()
            .orElseThrow(
                () ->
                    new Problem(
                        Code.OUTCOMES_NOT_TAKEN,
                        "expected a process that takes outcomes, this one does not"
                            + " (accept-outcomes=false); tell another"));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    MigrationReport report = OutcomeBody.report(call.body(), now, to.ids());
    requireTopic(to.board(), report.id());
    try {
      Predictor.Based made = predictor.of(call.view(), report);
      MigrationOutcome outcome = OutcomeRecords.of(report, made.prediction(), made.basis(), now);
      requireUsable(outcome);
      long left = call.deadline() - System.nanoTime();
      sender.send(report.id(), outcome, Duration.ofNanos(Math.max(0, left)));
      return Response.json(
          OutcomeAnswer.taken(report.id(), outcome, made.prediction(), call.basis()));
    } catch (Predictor.LaterException e) {
      throw new Problem(Code.HISTORY_BEHIND, e.getMessage() + "; tell it again");
    } catch (OutcomeNotRecordedException e) {
      throw notRecorded(report.id(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notRecorded(report.id(), "the server is stopping");
    }
  }

  /** A producer would have Kafka make a topic that is missing, with other settings than ours. */
  private static void requireTopic(OutcomeBoard board, String id) {
    if (board.fault().isPresent() || !board.isComplete()) {
      throw notRecorded(id, board.fault().orElse("its topic is being read"));
    }
  }

  /** Refuses an outcome that nobody could read. */
  private static void requireUsable(MigrationOutcome outcome) {
    try {
      Codecs.OUTCOME.check(outcome);
    } catch (BadRecordException e) {
      throw Bodies.bad(String.valueOf(e.getMessage()));
    }
  }

  private static Problem notRecorded(String id, String why) {
    return new Problem(
        Code.OUTCOME_NOT_RECORDED,
        "expected Kafka to take the outcome, which it may not have: %s; tell it again, with the id %s"
            .formatted(why, id));
  }

  private Response one(Call call) {
    OutcomeBoard board = board();
    KeptOutcome found =
        board
            .find(call.variable())
            .orElseThrow(
                () ->
                    new Problem(
                        Code.OUTCOME_NOT_FOUND,
                        "expected the id of an outcome of the last 90 days (/v1/audit/outcomes"
                            + " lists those that the index was wrong about), found "
                            + Problem.quote(call.variable())));
    return Response.json(OutcomeAnswer.one(found, board::content, call.basis()));
  }

  private Response audit(Call call) {
    int limit = (int) call.parameters().number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    Instant since =
        call.parameters()
            .find("since")
            .map(text -> TimeParameter.parse("since", text, clock.instant()))
            .orElse(Instant.EPOCH);
    OutcomeBoard board = board();
    Predictions now = new Predictions(call.view(), sightings, verdicts);
    BiFunction<Fingerprint, Fingerprint, Optional<Outcome>> told =
        (from, to) -> {
          call.checkDeadline();
          return now.ofProfiles(from, to);
        };
    return Response.json(
        OutcomeAnswer.summary(board.summary(since), limit, told, board.fault(), call.basis()));
  }

  private OutcomeBoard board() {
    OutcomeBoard board = outcomes.orElseThrow(OutcomeRoutes::none).board();
    if (!board.isComplete()) {
      throw new Problem(
          Code.NOT_READY,
          "expected outcomes, found none: "
              + board.fault().orElse("they are being read; ask again in a second"));
    }
    return board;
  }

  private static Problem none() {
    return new Problem(
        Code.NOT_READY, "expected outcomes, found none: this process follows none; ask another");
  }
}
