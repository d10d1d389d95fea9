package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/profiles} and {@code /v1/matrix}. */
@ExtendWith(SharedApi.class)
class ProfileRoutesTest {

  private final ApiFixture api;

  ProfileRoutesTest(ApiFixture api) {
    this.api = api;
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
