package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code GET /v1/destinations}. */
@ExtendWith(SharedApi.class)
class DestinationRoutesTest {

  private final ApiFixture api;

  DestinationRoutesTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void aCursorThatWasGivenGoesOnAndATamperedOneIsRefused() throws Exception {
    String ofHosts = ApiFixture.json(api.get("/v1/hosts?limit=1")).path("next").textValue();
    String destinations = "/v1/destinations?limit=1&source=" + api.endpoint(0);
    String cursor = ApiFixture.json(api.get(destinations)).path("next").textValue();
    assertThat(api.get(destinations + "&cursor=" + cursor).statusCode()).isEqualTo(200);
    for (String bad : new String[] {"", "!!", ofHosts, cursor + "A", cursor.substring(2)}) {
      HttpResponse<String> refused = api.get(destinations + "&cursor=" + bad);
      assertProblem(refused, 400, "bad-request");
      assertThat(refused.body()).contains("without cursor");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/destinations?source=a/b,404,host-not-found",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }
}
