package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.IndexedFleet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that wait for a revision or a document. */
@ExtendWith(SharedApi.class)
class SnapshotWaitTest {

  private final ApiFixture api;

  SnapshotWaitTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void waitingForADocumentEndsWhenItIsPlaced() throws Exception {
    String host = IndexedFleet.host(0);
    String there = "/v1/hosts/" + host + "?wait-ms=1&min-document=" + host;
    assertThat(api.get(there + ":1:1").statusCode()).isEqualTo(200);
    assertThat(api.get(there + ":0:99").statusCode()).as("an older start").isEqualTo(200);
    HttpResponse<String> later = api.get(there + ":1:2");
    assertProblem(later, 503, "revision-not-reached");
    assertThat(later.body()).contains("1:2", "found 1000 and 1:1");
    assertProblem(api.get(there + ":2:0"), 503, "revision-not-reached");
    String unknown = "/v1/hosts?wait-ms=1&min-document=no:where:1:1";
    assertThat(api.get(unknown).body()).contains("'no:where'", "nothing of it");
    for (String bad : new String[] {"", "a", "a:1", ":1:1", "a:1:", "a::1", "a:-1:1", "a:1:x"}) {
      assertProblem(api.get("/v1/hosts?min-document=" + bad), 400, "bad-request");
    }
  }

  @Test
  void waitingForARevisionHoldsUpNobodyElse() throws Exception {
    CompletableFuture<HttpResponse<String>> waiter =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return api.get("/v1/hosts?min-revision=2000&wait-ms=60000");
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(api.get("/v1/hosts").statusCode()).isEqualTo(200);
    api.publish(2000);
    assertThat(ApiFixture.json(waiter.get()).path("revision").longValue()).isEqualTo(2000);
    api.publish(ApiFixture.REVISION);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/hosts?min-revision=1001&wait-ms=1,503,revision-not-reached",
    "/v1/status?min-revision=1001&wait-ms=1,503,revision-not-reached",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }
}
