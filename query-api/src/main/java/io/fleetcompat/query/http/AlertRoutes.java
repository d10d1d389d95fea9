package io.fleetcompat.query.http;

import io.fleetcompat.query.alert.AlertBoard;
import io.fleetcompat.query.alert.AlertBoard.Alerts;
import io.fleetcompat.query.alert.Alertmanagers;
import io.fleetcompat.query.answer.AlertsAnswer;
import io.fleetcompat.query.http.HttpApi.Alerting;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.AlertState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The route of alerts. */
final class AlertRoutes {

  private static final int DEFAULT_LIMIT = 1000;
  private static final int MAX_LIMIT = 10_000;

  /** An order in which alerts that fire come first, then those that are pending. */
  private static final Comparator<AlertRecord> WORST_FIRST =
      Comparator.comparingInt((AlertRecord alert) -> rank(alert.getState()))
          .thenComparing(AlertRecord::getPool)
          .thenComparing(AlertRecord::getRule);

  private final Optional<Alerting> alerts;

  /**
   * @param alerts empty where this process follows none
   */
  AlertRoutes(Optional<Alerting> alerts) {
    this.alerts = alerts;
  }

  List<Route> routes() {
    return List.of(
        Route.alwaysOrWaiting("/v1/alerts", Set.of("alert", "limit", "pool", "state"), this::list));
  }

  private Response list(Call call) {
    Parameters parameters = call.parameters();
    int limit = (int) parameters.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    Optional<String> pool = parameters.find("pool");
    Optional<String> name = parameters.find("alert");
    Set<AlertState> states =
        parameters.find("state").map(AlertRoutes::states).orElse(EnumSet.allOf(AlertState.class));
    Alerting from = alerts.orElseThrow(() -> notReady("this process follows none"));
    Alerts all = from.board().alerts().orElseThrow(() -> notReady(unread(from.board())));
    List<AlertRecord> found =
        all.all().values().stream()
            .filter(alert -> states.contains(alert.getState()))
            .filter(alert -> pool.map(alert.getPool()::equals).orElse(true))
            .filter(alert -> name.map(alert.getRule()::equals).orElse(true))
            .sorted(WORST_FIRST)
            .toList();
    return Response.json(
        AlertsAnswer.of(
            found.stream().limit(limit).toList(),
            Math.max(0, found.size() - limit),
            from.alertmanagers().map(Alertmanagers::status).orElse(List.of()),
            from.board().fault()));
  }

  private static Problem notReady(String why) {
    return new Problem(Code.NOT_READY, "expected alerts, found none: " + why);
  }

  private static String unread(AlertBoard board) {
    return board.fault().orElse("they are being read; ask again in a second");
  }

  private static Set<AlertState> states(String text) {
    EnumSet<AlertState> states = EnumSet.noneOf(AlertState.class);
    for (String state : text.split(",", -1)) {
      states.add(
          Arrays.stream(AlertState.values())
              .filter(each -> AlertsAnswer.spelling(each).equals(state.strip()))
              .findFirst()
              .orElseThrow(() -> noState(state)));
    }
    return states;
  }

  private static Problem noState(String found) {
    List<String> all = Arrays.stream(AlertState.values()).map(AlertsAnswer::spelling).toList();
    return new Problem(
        Code.BAD_REQUEST,
        "state: expected some of %s, with commas between them, found %s"
            .formatted(String.join(", ", all), Problem.quote(found)));
  }

  private static int rank(AlertState state) {
    return switch (state) {
      case FIRING -> 0;
      case PENDING -> 1;
      case RESOLVED -> 2;
    };
  }
}
