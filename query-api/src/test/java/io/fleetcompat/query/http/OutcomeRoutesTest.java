package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.query.http.HttpApi.Outcomes;
import io.fleetcompat.testing.IndexedFleet;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of outcomes, over a sender whose records are read when the test says so. */
class OutcomeRoutesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ApiFixture api;
  private String source = "";

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
    source = api.endpoint(0);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private ObjectNode report(String destination, String result) {
    return JSON.createObjectNode()
        .put("source", source)
        .put("destination", destination)
        .put("result", result);
  }

  private JsonNode tell(ObjectNode report) throws Exception {
    HttpResponse<String> answer = api.post("/v1/outcomes", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    api.outcomes.readSent();
    return ApiFixture.json(answer);
  }

  private JsonNode check(String destination) throws Exception {
    return ApiFixture.json(api.get("/v1/check?source=" + source + "&destination=" + destination));
  }

  @Test
  void thePredictionIsWhatCheckAnswers() throws Exception {
    int wrong = 0;
    for (int host = 1; host < ApiFixture.HOSTS - 1; host++) {
      for (String destination : List.of(api.endpoint(host), IndexedFleet.host(host))) {
        JsonNode check = check(destination);
        JsonNode told = tell(report(destination, "succeeded").put("id", "id-" + host));
        assertThat(told.at("/prediction/verdict")).isEqualTo(check.path("verdict"));
        assertThat(told.at("/prediction/reasons")).isEqualTo(check.path("reasons"));
        wrong += told.path("wrong").booleanValue() ? 1 : 0;
      }
    }
    assertThat(wrong).isPositive();
  }

  @Test
  void aWrongNoIsFoundWithTheRulesThatSaidIt() throws Exception {
    String destination = incompatible();
    JsonNode told = tell(report(destination, "succeeded").put("id", "m-1").put("reporter", "me"));
    assertThat(told.path("wrong").booleanValue()).isTrue();
    JsonNode audit = ApiFixture.json(api.get("/v1/audit/outcomes?since=1h"));
    assertThat(audit.path("wrong").intValue()).isEqualTo(1);
    JsonNode finding = audit.at("/findings/0");
    assertThat(finding.path("now").textValue()).isEqualTo("INCOMPATIBLE");
    assertThat(finding.path("forbidding")).isNotEmpty();
    assertThat(finding.path("differences")).isNotEmpty();
    String rule = finding.at("/forbidding/0").textValue();
    assertThat(audit.path("rules").findValuesAsText("rule")).contains(rule);
    JsonNode one = ApiFixture.json(api.get("/v1/outcomes/m-1"));
    assertThat(one.at("/prediction/sourceProfile/content").isObject()).isTrue();
    assertThat(one.at("/prediction/destinationProfile/content").isObject()).isTrue();
    assertThat(one.path("reporter").textValue()).isEqualTo("me");
  }

  @Test
  void aDeviceThatIsGoneHasNoPredictionAndTheAnswerSaysWhatWouldHelp() throws Exception {
    source = IndexedFleet.host(0) + "/gone";
    JsonNode told = tell(report(IndexedFleet.host(1), "succeeded"));
    assertThat(told.path("prediction").isNull()).isTrue();
    assertThat(told.path("wrong").isNull()).isTrue();
    assertThat(told.path("id").textValue()).isEqualTo("made-id");
    assertThat(told.path("unpredicted").textValue())
        .contains("has no endpoint 'gone'", "sourceProfile", "(at)");
    ObjectNode known =
        report(IndexedFleet.host(1), "succeeded")
            .put("sourceProfile", told(api.endpoint(0)))
            .put("destinationProfile", told(api.endpoint(1)));
    assertThat(tell(known).path("prediction").isObject()).isTrue();
  }

  private String told(String endpoint) throws Exception {
    return ApiFixture.json(api.get("/v1/explain?source=" + endpoint + "&destination=" + endpoint))
        .at("/sourceProfile/id")
        .textValue();
  }

  @Test
  void withoutAHistoryNobodyKnowsWhatWasAnsweredThen() throws Exception {
    JsonNode told = tell(report(api.endpoint(1), "failed").put("at", "5s"));
    assertThat(told.path("prediction").isNull()).isTrue();
    assertThat(told.path("unpredicted").textValue()).contains("keeps no history");
  }

  @Test
  void anotherCauseIsNoError() throws Exception {
    tell(report(api.endpoint(1), "failed").put("otherCause", true).put("message", "no route"));
    JsonNode audit = ApiFixture.json(api.get("/v1/audit/outcomes"));
    assertThat(audit.path("wrong").intValue()).isZero();
    assertThat(audit.at("/counts/0/otherCause").booleanValue()).isTrue();
  }

  @Test
  void messagesThatAreKnownAreNamed() throws Exception {
    tell(
        report(incompatible(), "succeeded")
            .put("id", "m")
            .put("message", "0000:3b:00.4: VFIO migration is not supported in kernel"));
    assertThat(ApiFixture.json(api.get("/v1/outcomes/m")).path("knownMessages")).isNotEmpty();
  }

  private String incompatible() throws Exception {
    for (int host = 1; host < ApiFixture.HOSTS - 1; host++) {
      String destination = api.endpoint(host);
      if (check(destination).path("verdict").asText().equals("INCOMPATIBLE")) {
        return destination;
      }
    }
    throw new AssertionError("expected a pair that is incompatible");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "result | \"won\" | result: expected one of succeeded, refused, failed, found the string"
            + " 'won'",
        "result | 1 | result: expected one of succeeded, refused, failed, found '1'",
        "source | \"host\" | expected HOST/DEVICE or HOST/PARENT/TYPE, found a host alone",
        "source | null | source: expected a string",
        "id | \"../x\" | id: expected an id of 1 to 128",
        "id | \"\" | id: expected a string of 1 to 255 characters, found 0",
        "otherCause | \"yes\" | otherCause: expected true or false",
        "message | 7 | message: expected a string",
        "at | \"tomorrow\" | at: expected a time such as",
        "at | \"2999-01-01T00:00:00Z\" | at: expected a time up to now",
        "at | \"1960-01-01T00:00:00Z\" | at: expected a time",
        "sourceProfile | \"abc\" | sourceProfile: expected a profile id of 32 hexadecimal digits",
        "colour | \"red\" | expected members",
      })
  void badReportsAreRefused(String member, String value, String expected) throws Exception {
    ObjectNode report = report(api.endpoint(1), "failed");
    report.set(member, JSON.readTree(value));
    HttpResponse<String> answer = api.post("/v1/outcomes", report.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(ApiFixture.json(answer).path("detail").textValue()).contains(expected);
    assertThat(api.outcomes.board().size()).isZero();
  }

  @Test
  void aSuccessHasNoOtherCause() throws Exception {
    ObjectNode report = report(api.endpoint(1), "succeeded").put("otherCause", true);
    ApiFixture.assertProblem(api.post("/v1/outcomes", report.toString()), 400, "bad-request");
    ApiFixture.assertProblem(api.post("/v1/outcomes", ""), 400, "bad-request");
    ApiFixture.assertProblem(api.get("/v1/outcomes/nobody"), 404, "outcome-not-found");
    ApiFixture.assertProblem(api.get("/v1/audit/outcomes?since=later"), 400, "bad-request");
  }

  @Test
  void aProcessThatTakesNoneSaysSo() {
    Outcomes none = new Outcomes(api.outcomes.board(), Optional.empty(), () -> "id");
    Route.Handler handler =
        HttpApi.routes(partsWith(none), api.watchers).stream()
            .filter(route -> route.path().equals("/v1/outcomes"))
            .findFirst()
            .orElseThrow()
            .handler();
    Call call =
        new Call(
            Parameters.parse("", List.of()),
            "",
            new byte[0],
            Optional.empty(),
            api.replica.snapshot(),
            false,
            Long.MAX_VALUE);
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> handler.answer(call))
        .satisfies(
            problem -> assertThat(problem.code()).isEqualTo(Problem.Code.OUTCOMES_NOT_TAKEN));
  }

  private HttpApi.Parts partsWith(Outcomes outcomes) {
    HttpApi.Parts all = api.source;
    return new HttpApi.Parts(
        all.replica(),
        all.sightings(),
        all.verdicts(),
        all.metrics(),
        all.health(),
        all.rejected(),
        all.history(),
        all.past(),
        all.watched(),
        all.alerts(),
        Optional.of(outcomes),
        all.replicaStaleAfter(),
        all.clock(),
        all.wallAhead());
  }

  @Test
  void whatKafkaDoesNotTakeIsNotSaidToBeTaken() throws Exception {
    api.outcomes.sender().close();
    String report = report(api.endpoint(1), "failed").toString();
    ApiFixture.assertProblem(api.post("/v1/outcomes", report), 503, "outcome-not-recorded");
  }
}
