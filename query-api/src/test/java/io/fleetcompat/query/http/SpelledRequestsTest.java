package io.fleetcompat.query.http;

import static io.fleetcompat.query.http.ApiFixture.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.Found;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that name hosts and endpoints as people and other tools do. */
@ExtendWith(SharedApi.class)
class SpelledRequestsTest {

  private final ApiFixture api;

  SpelledRequestsTest(ApiFixture api) {
    this.api = api;
  }

  private static String shortName(int host) {
    String name = IndexedFleet.host(host);
    return name.substring(0, name.indexOf('.'));
  }

  /** The first endpoint of a host, by other names. */
  private String spelled(int host) throws Exception {
    String endpoint = api.endpoint(host);
    String local = endpoint.substring(endpoint.indexOf('/') + 1);
    return shortName(host).toUpperCase(Locale.ROOT) + "/" + local.substring("0000:".length());
  }

  @Test
  void anAnswerNamesTheEndpointsThatItIsAbout() throws Exception {
    String source = api.endpoint(0);
    String destination = api.endpoint(2);
    String exact = api.get("/v1/check?source=" + source + "&destination=" + destination).body();
    String by = "?source=" + spelled(0) + "&destination=" + spelled(2);
    assertThat(api.get("/v1/check" + by).body()).isEqualTo(exact);
    assertThat(api.get("/v1/explain" + by).body())
        .isEqualTo(api.get("/v1/explain?source=" + source + "&destination=" + destination).body());
    assertThat(api.get("/v1/destinations?source=" + spelled(0)).body())
        .isEqualTo(api.get("/v1/destinations?source=" + source).body());
    assertThat(api.get("/v1/check?source=" + source + "&destination=" + shortName(3)).body())
        .isEqualTo(
            api.get("/v1/check?source=" + source + "&destination=" + IndexedFleet.host(3)).body());
    String pairs = "{\"pairs\":[{\"source\":\"%s\",\"destination\":\"%s\"}]}";
    assertThat(api.post("/v1/check", pairs.formatted(spelled(0), spelled(2))).body())
        .isEqualTo(api.post("/v1/check", pairs.formatted(source, destination)).body());
  }

  @Test
  void aHostIsUnderstoodWhereverOneIsNamed() throws Exception {
    for (String path : new String[] {"/v1/hosts/%s", "/v1/hosts/%s/evacuation"}) {
      assertThat(api.get(path.formatted(shortName(1))).body())
          .as(path)
          .isEqualTo(api.get(path.formatted(IndexedFleet.host(1))).body());
    }
    String machine =
        "{\"sources\":[\"%s\"],\"candidates\":[\"%s\"]}"
            .formatted(spelled(0), shortName(2).toUpperCase(Locale.ROOT));
    JsonNode found = ApiFixture.json(api.post("/v1/destinations", machine));
    assertThat(found.path("notIndexed")).isEmpty();
    String change =
        "{\"select\":{\"hosts\":[\"%s\",\"%s\"]},\"drain\":true}"
            .formatted(shortName(2), IndexedFleet.host(2));
    HttpResponse<String> whatIf = api.post("/v1/what-if", change);
    assertThat(whatIf.statusCode()).as(whatIf.body()).isEqualTo(200);
  }

  @Test
  void whatIsNotFoundSaysTheNearest() throws Exception {
    HttpResponse<String> host = api.get("/v1/hosts/hots-000001");
    assertProblem(host, 404, "host-not-found");
    JsonNode problem = ApiFixture.json(host);
    assertThat(problem.at("/didYouMean/0").textValue()).isEqualTo(IndexedFleet.host(1));
    assertThat(problem.path("didYouMean").size()).isLessThanOrEqualTo(3);
    assertThat(problem.path("detail").textValue())
        .contains("; did you mean " + IndexedFleet.host(1));
    String wrong = api.endpoint(0) + "x";
    HttpResponse<String> endpoint =
        api.get("/v1/check?source=" + wrong + "&destination=" + api.endpoint(1));
    assertProblem(endpoint, 404, "endpoint-not-found");
    assertThat(ApiFixture.json(endpoint).at("/didYouMean/0").textValue())
        .isEqualTo(api.endpoint(0));
    assertProblem(
        api.post("/v1/what-if", "{\"select\":{\"hosts\":[\"hots-000001\"]},\"drain\":true}"),
        404,
        "host-not-found");
  }

  @Test
  void whereNothingIsLikeItNothingIsSuggested() throws Exception {
    JsonNode problem = ApiFixture.json(api.get("/v1/hosts/zzzzzzzzzzz"));
    assertThat(problem.has("didYouMean")).isFalse();
    assertThat(problem.path("detail").textValue()).doesNotContain("did you mean");
  }

  @Test
  void anAmbiguousNameIsARefusalThatListsWhatItCouldMean() {
    Found several = new Found.Ambiguous("twin", List.of("twin.a", "twin.b"));
    assertThatThrownBy(() -> References.endpoint(api.view, "source", several))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(Code.AMBIGUOUS);
              assertThat(problem.code().status()).isEqualTo(400);
              assertThat(new String(problem.json(), StandardCharsets.UTF_8))
                  .contains("\"didYouMean\":[\"twin.a\",\"twin.b\"]")
                  .contains("found 'twin', which may be twin.a or twin.b");
            });
  }

  @Test
  void aTypeThatADeviceDoesNotOfferIsANo() throws Exception {
    String source = api.endpoint(0);
    String parent = api.endpoint(1);
    String other = parent.substring(0, parent.lastIndexOf('/')) + "/vendor-none";
    HttpResponse<String> answer = api.get("/v1/check?source=" + source + "&destination=" + other);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = ApiFixture.json(answer);
    assertThat(json.path("verdict").textValue()).isEqualTo("INCOMPATIBLE");
    assertThat(json.at("/reasons/0/detail").textValue())
        .contains("does not offer vendor-none; it offers vendor-type_");
    JsonNode batch =
        ApiFixture.json(
            api.post(
                "/v1/check",
                "{\"pairs\":[{\"source\":\"%s\",\"destination\":\"%s\"}]}"
                    .formatted(source, other)));
    assertThat(batch.at("/results/0/verdict").textValue()).isEqualTo("INCOMPATIBLE");
  }
}
