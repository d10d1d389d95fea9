package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.query.history.FilledHistory;
import io.fleetcompat.query.lookup.FilterReason;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.testing.IndexedFleet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The description of the API and the API, compared both ways. */
@ExtendWith(SharedApi.class)
class OpenApiTest {

  private final ApiFixture api;
  private final JsonNode document;

  OpenApiTest(ApiFixture api) throws Exception {
    this.api = api;
    this.document = ApiFixture.json(api.get("/openapi.json"));
  }

  @Test
  void nothingIsDescribedTwiceUnderOneName() throws Exception {
    JsonMapper strict =
        JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    assertThat(strict.readTree(api.get("/openapi.json").body())).isEqualTo(document);
  }

  @Test
  void everyRouteAndParameterIsDescribedAndNoOther() {
    Set<String> served = new TreeSet<>();
    for (Route route : HttpApi.routes(api.source, api.watchers)) {
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

  private Set<String> parameters(JsonNode operation) {
    Set<String> names = new TreeSet<>();
    for (JsonNode reference : operation.path("parameters")) {
      JsonNode parameter = resolve(reference);
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
  void everyOperationHasANameOfItsOwn() {
    List<String> names = new ArrayList<>();
    for (JsonNode path : document.path("paths")) {
      path.forEach(operation -> names.add(operation.path("operationId").asText()));
    }
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][A-Za-z]+"));
    assertThat(document.at("/servers/0/url").textValue()).isEqualTo("/");
  }

  @Test
  void everyBodyHasAnExampleThatCanBeRead() throws Exception {
    int bodies = 0;
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      JsonNode body = path.getValue().path("post").path("requestBody");
      if (!body.isMissingNode()) {
        JsonNode example = body.at("/content/application~1json/example");
        assertThat(example.isObject()).as(path.getKey()).isTrue();
        HttpResponse<String> answer = api.post(path.getKey(), example.toString());
        assertThat(answer.statusCode()).as(path.getKey() + answer.body()).isIn(200, 201, 404);
        bodies++;
      }
    }
    assertThat(bodies).isEqualTo(6);
  }

  @Test
  void everyReasonOfAFilterIsDescribedInItsOrderAndNoOther() {
    List<String> described = new ArrayList<>();
    document
        .at("/components/schemas/Filtered/properties/others/additionalProperties/enum")
        .forEach(reason -> described.add(reason.textValue()));
    assertThat(described)
        .containsExactlyElementsOf(
            Arrays.stream(FilterReason.values())
                .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
  }

  @Test
  void everyReferenceIsToSomethingAndEverythingSharedIsReferredTo() {
    Set<String> referred = new TreeSet<>();
    for (JsonNode reference : document.findValues("$ref")) {
      referred.add(reference.textValue());
    }
    Set<String> shared = new TreeSet<>();
    for (Map.Entry<String, JsonNode> kind : document.path("components").properties()) {
      for (Map.Entry<String, JsonNode> component : kind.getValue().properties()) {
        shared.add("#/components/" + kind.getKey() + "/" + component.getKey());
      }
    }
    assertThat(referred).isEqualTo(shared);
  }

  @Test
  void noParameterAndNoProblemIsDescribedTwice() {
    List<String> described = new ArrayList<>();
    for (JsonNode path : document.path("paths")) {
      for (JsonNode operation : path) {
        operation.path("parameters").forEach(p -> described.add(p.toString()));
        for (JsonNode response : operation.path("responses")) {
          if (response.path("content").has("application/problem+json")) {
            described.add(response.toString());
          }
        }
      }
    }
    described.removeIf(text -> text.contains("$ref") && !text.contains("description"));
    assertThat(described).doesNotHaveDuplicates();
  }

  @Test
  void everyAnswerHasTheMembersAndStatusesThatAreDescribed() throws Exception {
    String endpoint = api.endpoint(0);
    String other = api.endpoint(3);
    String profile = ApiFixture.json(api.get("/v1/profiles")).at("/profiles/0/profile").textValue();
    String pair = "source=" + endpoint + "&destination=" + other;
    String pairs =
        "{\"pairs\":[{\"source\":\"%s\",\"destination\":\"%s\"}]}".formatted(endpoint, other);
    String outcome =
        "{\"source\":\"%s\",\"destination\":\"%s\",\"result\":\"failed\",\"id\":\"told\"}"
            .formatted(endpoint, other);
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
            Map.entry(
                "post /v1/filter",
                api.post(
                    "/v1/filter",
                    "{\"source\":\"%s\",\"hosts\":[\"none\",\"%s\"]}"
                        .formatted(endpoint, IndexedFleet.host(3)))),
            Map.entry("get /v1/explain", api.get("/v1/explain?" + pair)),
            Map.entry("get /v1/hosts", api.get("/v1/hosts")),
            Map.entry("get /v1/hosts/{host}", api.get("/v1/hosts/" + IndexedFleet.host(1))),
            Map.entry(
                "get /v1/hosts/{host}/evacuation",
                api.get("/v1/hosts/" + IndexedFleet.host(1) + "/evacuation")),
            Map.entry("get /v1/profiles", api.get("/v1/profiles")),
            Map.entry("get /v1/profiles/{profile}", api.get("/v1/profiles/" + profile)),
            Map.entry("get /v1/matrix", api.get("/v1/matrix?source=" + profile)),
            Map.entry("get /v1/overrides", api.get("/v1/overrides")),
            Map.entry(
                "get /v1/overrides/effect",
                api.get("/v1/overrides/effect?rule=software-version&scope=pool&from=a&to=b")),
            Map.entry("get /v1/pools", api.get("/v1/pools")),
            Map.entry("get /v1/pools/{pool}", api.get("/v1/pools/pool-0")),
            Map.entry("get /v1/pools/{pool}/baseline", api.get("/v1/pools/pool-0/baseline")),
            Map.entry("get /v1/pools/{pool}/matrix", api.get("/v1/pools/pool-0/matrix")),
            Map.entry(
                "post /v1/what-if",
                api.post(
                    "/v1/what-if",
                    "{\"select\":{\"pool\":\"pool-0\"},\"set\":{\"migration_version\":\"x\"},"
                        + "\"drain\":true}")),
            Map.entry(
                "post /v1/plan",
                api.post(
                    "/v1/plan",
                    "{\"keep\":0,\"change\":{\"select\":{\"pool\":\"pool-0\"},"
                        + "\"set\":{\"software_version\":\"88.0.0\"}}}")),
            Map.entry("post /v1/outcomes", api.post("/v1/outcomes", outcome)),
            Map.entry("get /v1/audit/outcomes", told("/v1/audit/outcomes")),
            Map.entry("get /v1/outcomes/{outcome}", told("/v1/outcomes/told")),
            Map.entry("get /v1/status", api.get("/v1/status")),
            Map.entry("get /health/live", api.get("/health/live")),
            Map.entry("get /health/ready", api.get("/health/ready")));
    for (Map.Entry<String, HttpResponse<String>> answer : answers.entrySet()) {
      assertDescribed(answer.getKey(), answer.getValue());
    }
  }

  /** The answer once the outcomes that were told have been read. */
  private HttpResponse<String> told(String path) throws Exception {
    api.outcomes.readSent();
    return api.get(path);
  }

  @Test
  void answersOfAHistoryAreDescribed(@TempDir Path directory) throws Exception {
    ChangedValue value = new ChangedValue("kernel", null, "6.12");
    EndpointMove move = new EndpointMove(null, null, 1, 1, List.of("a"), List.of(value));
    ChangeRecord change =
        ChangeRecord.newBuilder()
            .setCauses(List.of(ChangeCause.DEVICE_APPEARED))
            .setValues(List.of(value))
            .setMoves(List.of(move))
            .setPools(List.of("p"))
            .setEpoch(1)
            .setSequence(1)
            .build();
    try (FilledHistory history = new FilledHistory(directory, 2000, ApiFixture.CLOCK);
        ApiFixture with =
            new ApiFixture(
                HttpBounds.DEFAULTS, ApiFixture.CLOCK, true, Optional.of(history.history()))) {
      history.add(2000, new ChangeKey(ChangeKey.Kind.HOST, "a"), change);
      HttpResponse<String> changes = with.get("/v1/changes");
      assertThat(ApiFixture.json(changes).path("changes")).hasSize(1);
      assertDescribed("get /v1/changes", changes);
      assertDescribed("get /v1/status", with.get("/v1/status"));
      history.add(
          2000,
          new ChangeKey(ChangeKey.Kind.HOST, "b"),
          ChangeRecord.newBuilder(change).setCauses(List.of(ChangeCause.DRIVER_UPGRADE)).build());
      HttpResponse<String> upgrades = with.get("/v1/audit/upgrades");
      assertThat(ApiFixture.json(upgrades).path("waves")).as(upgrades.body()).hasSize(1);
      assertDescribed("get /v1/audit/upgrades", upgrades);
      ApiFixture.assertProblem(with.get("/v1/diff?from=9500ms"), 410, "time-too-old");
    }
    ApiFixture.assertProblem(api.get("/v1/diff?from=5s"), 501, "no-history");
    ApiFixture.assertProblem(api.get("/v1/audit/upgrades"), 501, "no-history");
  }

  private void assertDescribed(String question, HttpResponse<String> answer) throws IOException {
    List<String> words = List.of(question.split(" ", -1));
    JsonNode response =
        resolve(
            document
                .path("paths")
                .path(words.get(1))
                .path(words.get(0))
                .path("responses")
                .path(String.valueOf(answer.statusCode())));
    assertThat(response.isMissingNode()).as(question).isFalse();
    JsonNode schema = response.at("/content/application~1json/schema");
    matches(question, ApiFixture.json(answer), schema);
  }

  /** Checks that every member is described, every required one is there, and types agree. */
  private void matches(String where, JsonNode value, JsonNode described) {
    JsonNode schema = schema(described, value);
    if (schema.has("properties") && !value.isNull()) {
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

  private JsonNode schema(JsonNode described, JsonNode value) {
    JsonNode resolved = resolve(described);
    JsonNode schema = resolved.has("anyOf") ? resolve(resolved.at("/anyOf/0")) : resolved;
    return resolve(schema.has("oneOf") ? schema.at("/oneOf/" + (value.isNull() ? 1 : 0)) : schema);
  }

  /** The schema that a reference points to; the same schema where it is no reference. */
  private JsonNode resolve(JsonNode described) {
    if (!described.has("$ref")) {
      return described;
    }
    JsonNode there = document.at(described.path("$ref").textValue().substring(1));
    assertThat(there.isObject()).as(described.toString()).isTrue();
    return there;
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }
}
