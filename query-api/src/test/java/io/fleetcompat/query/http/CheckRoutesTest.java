package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /v1/check}. */
@ExtendWith(SharedApi.class)
class CheckRoutesTest {

  private final ApiFixture api;

  CheckRoutesTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void checkAnswersAPair() throws Exception {
    String source = api.endpoint(0);
    String destination = api.endpoint(2);
    HttpResponse<String> response =
        api.get("/v1/check?source=" + source + "&destination=" + destination);
    JsonNode json = ApiFixture.json(response);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json.path("source").textValue()).isEqualTo(source);
    assertThat(json.path("destination").textValue()).isEqualTo(destination);
    assertThat(json.path("verdict").textValue()).isIn("COMPATIBLE", "INCOMPATIBLE", "UNKNOWN");
    assertThat(json.path("revision").longValue()).isEqualTo(ApiFixture.REVISION);
    assertThat(json.path("asOf").textValue()).isEqualTo("1970-01-01T00:00:10.000Z");
    assertThat(json.path("stale").booleanValue()).isFalse();
    assertThat(json.at("/sourceHost/liveness").textValue()).isEqualTo("FRESH");
  }

  @Test
  void checkOfAHostTakesItsBestEndpoint() throws Exception {
    String source = api.endpoint(0);
    JsonNode json =
        ApiFixture.json(
            api.get("/v1/check?source=" + source + "&destination=" + IndexedFleet.host(0)));
    assertThat(json.path("destination").textValue()).startsWith(IndexedFleet.host(0) + "/");
    assertThat(json.path("destination").textValue()).isNotEqualTo(source);
  }

  @Test
  void anIncompatiblePairHasNoRank() throws Exception {
    String source = api.endpoint(0);
    String incompatible = "";
    for (int host = 1; host < ApiFixture.HOSTS - 1 && incompatible.isEmpty(); host++) {
      String pair = "/v1/check?source=" + source + "&destination=" + api.endpoint(host);
      JsonNode json = ApiFixture.json(api.get(pair));
      if (json.path("verdict").textValue().equals("INCOMPATIBLE")) {
        incompatible = pair;
        assertThat(json.path("rank").isNull()).isTrue();
      }
    }
    assertThat(incompatible).isNotEmpty();
  }

  @Test
  void manyPairsAreAnsweredInOrderAndWhatIsNotIndexedIsUnknown() throws Exception {
    String source = api.endpoint(0);
    JsonNode json =
        ApiFixture.json(api.post("/v1/check", pairs(source, source, "nowhere/virtio0")));
    assertThat(json.path("results")).hasSize(2);
    assertThat(json.at("/results/0/verdict").textValue()).isEqualTo("COMPATIBLE");
    assertThat(json.at("/results/1/verdict").textValue()).isEqualTo("UNKNOWN");
    assertThat(json.at("/results/1/reasons/0/rule").textValue()).isEqualTo("not-indexed");
    assertThat(json.at("/results/1/reasons/0/detail").textValue()).contains("nowhere");
  }

  @Test
  void noPairsHaveNoResults() throws Exception {
    JsonNode json = ApiFixture.json(api.post("/v1/check", "{\"pairs\":[]}"));
    assertThat(json.path("results")).isEmpty();
    assertThat(json.has("revision")).isTrue();
  }

  @Test
  void tenThousandPairsAreAnsweredAndOneMoreIsNot() throws Exception {
    String one = "{\"source\":\"a/b\",\"destination\":\"a/b\"}";
    assertThat(api.post("/v1/check", repeated(one, 10_000)).statusCode()).isEqualTo(200);
    HttpResponse<String> tooMany = api.post("/v1/check", repeated(one, 10_001));
    assertProblem(tooMany, 413, "too-many-pairs");
  }

  @Test
  void halfACharacterInABodyIsNotGivenBack() throws Exception {
    HttpResponse<String> response = api.post("/v1/check", pairs("a/b", "\\ud800/x"));
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode json = ApiFixture.json(response);
    assertThat(json.at("/results/0/destination").textValue()).isEqualTo("\ufffd/x");
    assertThat(response.body()).doesNotContain("\\ud800");
  }

  @Test
  void aPairThatDoesNotParseIsNamedByItsIndex() throws Exception {
    HttpResponse<String> response = api.post("/v1/check", pairs("a/b", "a/b", "no-endpoint"));
    assertProblem(response, 400, "endpoint-invalid");
    assertThat(response.body()).contains("pairs[1].destination");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[]",
        "{}",
        "{\"pairs\":{}}",
        "{\"pairs\":[1]}",
        "{\"pairs\":[{}]}",
        "{\"pairs\":[{\"source\":1,\"destination\":\"a/b\"}]}",
        "{\"pairs\":[{\"source\":\"a/b\",\"destination\":\"a/b\",\"more\":1}]}",
        "{\"pairs\":[{\"source\":\"a/b\",\"destination\":\"a/b\"}],\"more\":1}",
        "{\"pairs\":[{\"source\":\"a/b\",\"destination\":\"a/b\"}]} x",
        "{\"pairs\":[],\"pairs\":[]}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
      })
  void nonsenseBodiesAreRefused(String body) throws Exception {
    assertProblem(api.post("/v1/check", body), 400, "bad-request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          [] ~ the body: expected an object, found an array of 0
          {"pairs": 7} ~ pairs: expected an array of at most 10000 objects, found '7'
          {} ~ pairs: expected an array of at most 10000 objects, found nothing
          {"pairs": [{"source": null}]} ~ pairs[0].source: expected a string, found 'null'
          {"pairs": [[[[[[[[[[]]]]]]]]]]} ~ expected JSON, found something nested deeper
          """)
  void aBodyOfAnotherShapeIsToldWhatWasExpectedAndFound(String body, String said) throws Exception {
    HttpResponse<String> response = api.post("/v1/check", body);
    assertProblem(response, 400, "bad-request");
    assertThat(ApiFixture.json(response).path("detail").textValue()).contains(said);
  }

  @Test
  void aHugeBodyIsRefused() throws Exception {
    HttpResponse<String> response = api.post("/v1/check", "\"" + "x".repeat(5 << 20) + "\"");
    assertProblem(response, 413, "body-too-large");
    assertThat(response.body()).contains("at most 4194304 bytes", "ask in parts");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/check,400,missing-parameter",
    "/v1/check?source=a,400,endpoint-invalid",
    "/v1/check?source=,400,missing-parameter",
    "/v1/check?source=a/b/c/d&destination=x,400,endpoint-invalid",
    "/v1/check?source=a%25zz/b&destination=x,400,endpoint-invalid",
    "/v1/check?source=a/b&destination=x,404,host-not-found",
    "/v1/check?source=%00/b&destination=x,404,host-not-found",
    "/v1/check?source=host-000000.example/none&destination=x,404,endpoint-not-found",
    "/v1/check?source=a/b&nonsense=1,400,unknown-parameter",
    "/v1/check?source=a/b&source=a/b,400,bad-request",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
  }

  private static String pairs(String source, String... destinations) {
    return IntStream.range(0, destinations.length)
        .mapToObj(
            i -> "{\"source\":\"%s\",\"destination\":\"%s\"}".formatted(source, destinations[i]))
        .collect(Collectors.joining(",", "{\"pairs\":[", "]}"));
  }

  private static String repeated(String pair, int times) {
    return "{\"pairs\":[" + (pair + ",").repeat(times - 1) + pair + "]}";
  }
}
