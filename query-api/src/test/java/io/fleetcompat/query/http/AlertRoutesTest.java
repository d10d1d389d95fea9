package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.alert.FilledBoard;
import io.fleetcompat.query.http.HttpApi.Alerting;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The route of alerts. */
class AlertRoutesTest {

  private static JsonNode json(ApiFixture api, String path) throws Exception {
    return ApiFixture.json(api.get(path));
  }

  @Test
  void alertsAreListedAndChosen() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      api.alerts.show(FilledBoard.firing("Other", "a"));
      JsonNode all = json(api, "/v1/alerts");
      assertThat(all.path("alerts")).hasSize(2);
      assertThat(all.at("/alerts/0/pool").asText()).isEqualTo("a");
      assertThat(all.at("/alerts/0/state").asText()).isEqualTo("firing");
      assertThat(all.path("omitted").asInt()).isZero();
      assertThat(json(api, "/v1/alerts?pool=pool-1").path("alerts")).hasSize(1);
      assertThat(json(api, "/v1/alerts?alert=Other").path("alerts")).hasSize(1);
      assertThat(json(api, "/v1/alerts?state=pending,resolved").path("alerts")).isEmpty();
      assertThat(json(api, "/v1/alerts?limit=1").path("omitted").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aBadStateIsRefused() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      JsonNode problem = json(api, "/v1/alerts?state=burning");
      assertThat(problem.path("detail").asText())
          .isEqualTo(
              "state: expected some of pending, firing, resolved, with commas between them, found"
                  + " 'burning'");
    }
  }

  @Test
  void whatIsNotReadYetIsNotNothing() {
    try (FilledBoard unread = new FilledBoard(ApiFixture.CLOCK)) {
      Route.Handler handler =
          new AlertRoutes(Optional.of(new Alerting(unread.board(), Optional.empty())))
              .routes()
              .getFirst()
              .handler();
      Call call =
          new Call(
              Parameters.parse("", List.of("alert", "limit", "pool", "state")),
              "",
              new byte[0],
              Optional.empty(),
              new Snapshot(IndexView.empty(), 0, 0, 0, true),
              false,
              0);
      assertThatThrownBy(() -> handler.answer(call))
          .isInstanceOfSatisfying(
              Problem.class,
              problem -> assertThat(problem.code()).isEqualTo(Problem.Code.NOT_READY));
    }
  }
}
