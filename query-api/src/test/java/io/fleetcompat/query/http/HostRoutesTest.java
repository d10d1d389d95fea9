package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.testing.IndexedFleet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/hosts}. */
@ExtendWith(SharedApi.class)
class HostRoutesTest {

  private final ApiFixture api;

  HostRoutesTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void aHostsNameIsDecodedExactlyOnce() throws Exception {
    assertThat(api.get("/v1/hosts/" + ApiFixture.ODD_HOST_IN_A_URL).statusCode()).isEqualTo(200);
    JsonNode json = ApiFixture.json(api.get("/v1/hosts/" + ApiFixture.ODD_HOST_IN_A_URL));
    assertThat(json.path("host").textValue()).isEqualTo(ApiFixture.ODD_HOST);
    String body =
        "{\"sources\":[\"%s\"],\"candidates\":[\"%s\",\"odd%%2541\"]}"
            .formatted(api.endpoint(0), ApiFixture.ODD_HOST);
    JsonNode fits = ApiFixture.json(api.post("/v1/destinations", body));
    assertThat(fits.path("notIndexed").toString()).isEqualTo("[\"odd%2541\"]");
  }

  @Test
  void aCursorThatWasGivenGoesOnAndATamperedOneIsRefused() throws Exception {
    String hosts = "/v1/hosts?limit=1&cursor=";
    String next = ApiFixture.json(api.get("/v1/hosts?limit=1")).path("next").textValue();
    JsonNode second = ApiFixture.json(api.get(hosts + next));
    assertThat(second.at("/hosts/0/host").textValue()).isEqualTo(IndexedFleet.host(1));
    assertProblem(api.get(hosts + next + "A"), 400, "bad-request");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/hosts?limit=0,400,bad-request",
    "/v1/hosts?limit=1001,400,bad-request",
    "/v1/hosts?limit=99999999999999999999,400,bad-request",
    "/v1/hosts?limit=-1,400,bad-request",
    "/v1/hosts?liveness=DEAD,400,bad-request",
    "/v1/hosts?cursor=!!,400,bad-request",
    "/v1/hosts?cursor=host-000001.example,400,bad-request",
    "/v1/hosts?cursor=,400,bad-request",
    "/v1/hosts?pool=none,404,pool-not-found",
    "/v1/hosts/none,404,host-not-found",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }
}
