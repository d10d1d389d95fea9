package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/profiles} and {@code /v1/matrix}. */
@ExtendWith(SharedApi.class)
class ProfileRoutesTest {

  private final ApiFixture api;

  ProfileRoutesTest(ApiFixture api) {
    this.api = api;
  }

  @ParameterizedTest
  @ValueSource(strings = {"profiles", "matrix"})
  void aCursorThatWasGivenGoesOnAndOneOfAnotherKindIsRefused(String list) throws Exception {
    JsonNode all = ApiFixture.json(api.get("/v1/" + list + "?limit=1000"));
    assertThat(all.path("next").isNull()).isTrue();
    String pages = "/v1/" + list + "?limit=1";
    String next = ApiFixture.json(api.get(pages)).path("next").textValue();
    JsonNode second = ApiFixture.json(api.get(pages + "&cursor=" + next));
    String rows = list.equals("matrix") ? "rows" : list;
    assertThat(second.at("/" + rows + "/0")).isEqualTo(all.at("/" + rows + "/1"));
    String ofHosts = ApiFixture.json(api.get("/v1/hosts?limit=1")).path("next").textValue();
    for (String bad : new String[] {"", "1", ofHosts, next + "A", next.substring(2)}) {
      assertProblem(api.get(pages + "&cursor=" + bad), 400, "bad-request");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/profiles?cursor=x,400,bad-request",
    "/v1/profiles?cursor=999999,400,bad-request",
    "/v1/matrix?cursor=-1,400,bad-request",
    "/v1/matrix?cursor=03,400,bad-request",
    "/v1/profiles/abc,400,bad-request",
    "/v1/profiles/00000000000000000000000000000000,404,profile-not-found",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }
}
