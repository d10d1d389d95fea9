package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The description of the API and the API, compared both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

  private ApiFixture api;
  private JsonNode document;

  @BeforeAll
  void start() throws Exception {
    api = new ApiFixture();
    document = ApiFixture.json(api.get("/openapi.json"));
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void everyRouteAndParameterIsDescribedAndNoOther() {
    Set<String> served = new TreeSet<>();
    for (Route route : HttpApi.routes(api.source)) {
      String method = route.method().name().toLowerCase(Locale.ROOT);
      served.add(method + " " + route.path() + " " + new TreeSet<>(route.parameters()));
    }
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            described.add(
                                operation.getKey()
                                    + " "
                                    + path.getKey()
                                    + " "
                                    + parameters(operation.getValue()))));
    assertThat(described).isEqualTo(served);
  }

  private static Set<String> parameters(JsonNode operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").textValue().equals("query")) {
        names.add(parameter.path("name").textValue());
      }
    }
    return names;
  }

  @Test
  void everyProblemCodeIsDescribedAndNoOther() {
    Set<String> described = new HashSet<>();
    document
        .at("/components/schemas/Problem/properties/code/enum")
        .forEach(code -> described.add(code.textValue()));
    Set<String> served = new HashSet<>();
    for (Problem.Code code : Problem.Code.values()) {
      served.add(code.spelling());
    }
    assertThat(described).isEqualTo(served);
  }

  @Test
  void everyAnswerHasTheMembersAndStatusesThatAreDescribed() throws Exception {
    String endpoint = api.endpoint(0);
    String other = api.endpoint(3);
    String profile = ApiFixture.json(api.get("/v1/profiles")).at("/profiles/0/profile").textValue();
    String pair = "source=" + endpoint + "&destination=" + other;
    String pairs =
        "{\"pairs\":[{\"source\":\"%s\",\"destination\":\"%s\"}]}".formatted(endpoint, other);
    Map<String, HttpResponse<String>> answers =
        Map.ofEntries(
            Map.entry("get /v1/check", api.get("/v1/check?" + pair)),
            Map.entry("post /v1/check", api.post("/v1/check", pairs)),
            Map.entry(
                "get /v1/destinations",
                api.get("/v1/destinations?unknown=true&source=" + endpoint)),
            Map.entry(
                "post /v1/destinations",
                api.post("/v1/destinations", "{\"sources\":[\"" + endpoint + "\"]}")),
            Map.entry("get /v1/explain", api.get("/v1/explain?" + pair)),
            Map.entry("get /v1/hosts", api.get("/v1/hosts")),
            Map.entry("get /v1/hosts/{host}", api.get("/v1/hosts/" + IndexedFleet.host(1))),
            Map.entry("get /v1/profiles", api.get("/v1/profiles")),
            Map.entry("get /v1/profiles/{profile}", api.get("/v1/profiles/" + profile)),
            Map.entry("get /v1/matrix", api.get("/v1/matrix?source=" + profile)),
            Map.entry("get /v1/pools", api.get("/v1/pools")),
            Map.entry("get /v1/pools/{pool}", api.get("/v1/pools/pool-0")),
            Map.entry("get /v1/status", api.get("/v1/status")),
            Map.entry("get /health/live", api.get("/health/live")),
            Map.entry("get /health/ready", api.get("/health/ready")));
    for (Map.Entry<String, HttpResponse<String>> answer : answers.entrySet()) {
      List<String> words = List.of(answer.getKey().split(" ", -1));
      JsonNode response =
          document
              .path("paths")
              .path(words.get(1))
              .path(words.get(0))
              .path("responses")
              .path(String.valueOf(answer.getValue().statusCode()));
      assertThat(response.isMissingNode()).as(answer.getKey()).isFalse();
      JsonNode schema = response.at("/content/application~1json/schema");
      matches(answer.getKey(), ApiFixture.json(answer.getValue()), schema);
    }
  }

  /** Whether every member is described, every required one is there, and types agree. */
  private void matches(String where, JsonNode value, JsonNode described) {
    JsonNode schema = resolve(described, value);
    if (schema.has("properties")) {
      Set<String> members = new TreeSet<>();
      value.fieldNames().forEachRemaining(members::add);
      Set<String> known = new TreeSet<>();
      schema.path("properties").fieldNames().forEachRemaining(known::add);
      List<String> required = new ArrayList<>();
      schema.path("required").forEach(name -> required.add(name.textValue()));
      assertThat(known).as(where).containsAll(members);
      assertThat(members).as(where).containsAll(required);
      value
          .properties()
          .forEach(
              m ->
                  matches(
                      where + "." + m.getKey(),
                      m.getValue(),
                      schema.path("properties").path(m.getKey())));
    }
    if (schema.has("items")) {
      assertThat(value.isArray()).as(where).isTrue();
      value.forEach(element -> matches(where + "[]", element, schema.path("items")));
    }
    assertThat(schema.path("type").toString()).as(where + " is " + value).contains(type(value));
  }

  private JsonNode resolve(JsonNode described, JsonNode value) {
    JsonNode schema =
        described.has("oneOf") ? described.at("/oneOf/" + (value.isNull() ? 1 : 0)) : described;
    return schema.has("$ref") ? document.at(schema.path("$ref").textValue().substring(1)) : schema;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> "integer";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }
}
