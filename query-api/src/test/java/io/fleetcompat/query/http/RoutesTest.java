package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour that all routes share: their methods, and paths that nothing is served at. */
@ExtendWith(SharedApi.class)
class RoutesTest {

  private final ApiFixture api;

  RoutesTest(ApiFixture api) {
    this.api = api;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/hosts",
        "/v1/hosts?pool=pool-1&limit=2&liveness=FRESH",
        "/v1/profiles",
        "/v1/matrix",
        "/v1/matrix?limit=1",
        "/v1/pools",
        "/v1/pools/pool-0",
        "/v1/status",
        "/v1/status?min-revision=1",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/openapi.json"
      })
  void everyRouteAnswers(String path) throws Exception {
    assertThat(api.get(path).statusCode()).isEqualTo(200);
    HttpResponse<String> head = api.send("HEAD", path, "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aWrongMethodIsToldWhichAreRight() throws Exception {
    HttpResponse<String> response = api.send("DELETE", "/v1/hosts", "");
    assertProblem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    HttpResponse<String> options = api.send("OPTIONS", "/v1/check", "");
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/hosts/none/more,404,not-found",
    "/v1/pools/none,404,pool-not-found",
    "/v1/nothing,404,not-found",
    "/,404,not-found",
    "/v1/status?x=1,400,unknown-parameter",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }
}
