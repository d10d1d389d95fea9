package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.testing.IndexedFleet;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpApiTest {

  private ApiFixture api;

  @BeforeAll
  void start() throws Exception {
    api = new ApiFixture();
  }

  @AfterAll
  void stop() {
    api.close();
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
  void whyYesIsEveryRuleThatWasAppliedWithBothValues() throws Exception {
    String source = api.endpoint(0);
    JsonNode page = ApiFixture.json(api.get("/v1/destinations?limit=1&source=" + source));
    String destination = page.at("/destinations/0/destination").textValue();
    JsonNode json =
        ApiFixture.json(api.get("/v1/explain?source=" + source + "&destination=" + destination));
    List<String> rules = new ArrayList<>();
    for (JsonNode rule : json.path("rules")) {
      rules.add(rule.path("rule").textValue());
      assertThat(rule.path("outcome").textValue()).isEqualTo("satisfied");
      assertThat(rule.path("source").textValue()).isNotBlank();
      assertThat(rule.path("destination").textValue()).isNotBlank();
      assertThat(rule.path("origin").textValue()).isEqualTo("section 3.1");
    }
    assertThat(rules).containsExactly("mdev-type", "device-api", "software-version");
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
  void tenThousandPairsAreAnsweredAndOneMoreIsNot() throws Exception {
    String one = "{\"source\":\"a/b\",\"destination\":\"a/b\"}";
    assertThat(api.post("/v1/check", repeated(one, 10_000)).statusCode()).isEqualTo(200);
    HttpResponse<String> tooMany = api.post("/v1/check", repeated(one, 10_001));
    assertProblem(tooMany, 413, "too-many-pairs");
  }

  @Test
  void machinesFindAHostForAllDevices() throws Exception {
    String source = api.endpoint(0);
    JsonNode json =
        ApiFixture.json(api.post("/v1/destinations", "{\"sources\":[\"" + source + "\"]}"));
    assertThat(json.path("destinations").isArray()).isTrue();
    for (JsonNode fit : json.path("destinations")) {
      assertThat(fit.at("/devices/0/source").textValue()).isEqualTo(source);
      assertThat(fit.at("/devices/0/capacity").intValue()).isPositive();
      assertThat(fit.at("/devices/0/verdict").textValue()).isEqualTo("COMPATIBLE");
      assertThat(fit.at("/devices/0/obligations").isArray()).isTrue();
      assertThat(fit.path("liveness").textValue()).isEqualTo("FRESH");
    }
    long others = 0;
    for (JsonNode count : json.path("excluded")) {
      others += count.longValue();
    }
    assertThat(json.path("total").longValue() + others).isEqualTo(ApiFixture.HOSTS);
  }

  @Test
  void noPairsHaveNoResults() throws Exception {
    JsonNode json = ApiFixture.json(api.post("/v1/check", "{\"pairs\":[]}"));
    assertThat(json.path("results")).isEmpty();
    assertThat(json.has("revision")).isTrue();
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
  void machinesGoToCandidatesAloneWhereThereAreSome() throws Exception {
    String source = api.endpoint(0);
    String all = "{\"sources\":[\"%s\"]}".formatted(source);
    JsonNode fits = ApiFixture.json(api.post("/v1/destinations", all)).path("destinations");
    assertThat(fits.size()).isGreaterThan(1);
    String last = fits.get(fits.size() - 1).path("host").textValue();
    String one = "{\"sources\":[\"%s\"],\"candidates\":[\"%s\"]}".formatted(source, last);
    JsonNode chosen = ApiFixture.json(api.post("/v1/destinations", one)).path("destinations");
    assertThat(chosen).hasSize(1);
    assertThat(chosen.at("/0")).isEqualTo(fits.get(fits.size() - 1));
    String none = "{\"sources\":[\"%s\"],\"candidates\":[]}".formatted(source);
    assertThat(ApiFixture.json(api.post("/v1/destinations", none)).path("destinations")).isEmpty();
    String unknown = "{\"sources\":[\"%s\"],\"candidates\":[\"nowhere\"]}".formatted(source);
    JsonNode nowhere = ApiFixture.json(api.post("/v1/destinations", unknown));
    assertThat(nowhere.path("destinations")).isEmpty();
    assertThat(nowhere.path("notIndexed").toString()).isEqualTo("[\"nowhere\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/hosts",
        "/v1/hosts?pool=pool-1&limit=2&liveness=FRESH",
        "/v1/profiles",
        "/v1/matrix",
        "/v1/matrix?limit=1&cursor=3",
        "/v1/pools",
        "/v1/pools/pool-0",
        "/v1/status",
        "/v1/status?min-revision=1",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/openapi.json"
      })
  void everyRouteAnswers(String path) throws Exception {
    assertThat(api.get(path).statusCode()).isEqualTo(200);
    HttpResponse<String> head = api.send("HEAD", path, "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
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
    "/v1/destinations?source=a/b,404,host-not-found",
    "/v1/hosts?limit=0,400,bad-request",
    "/v1/hosts?limit=1001,400,bad-request",
    "/v1/hosts?limit=99999999999999999999,400,bad-request",
    "/v1/hosts?limit=-1,400,bad-request",
    "/v1/hosts?liveness=DEAD,400,bad-request",
    "/v1/hosts?cursor=!!,400,bad-request",
    "/v1/hosts?cursor=host-000001.example,400,bad-request",
    "/v1/hosts?cursor=,400,bad-request",
    "/v1/profiles?cursor=x,400,bad-request",
    "/v1/profiles?cursor=999999,400,bad-request",
    "/v1/matrix?cursor=-1,400,bad-request",
    "/v1/matrix?cursor=03,400,bad-request",
    "/v1/hosts?pool=none,404,pool-not-found",
    "/v1/hosts/none,404,host-not-found",
    "/v1/hosts/none/more,404,not-found",
    "/v1/profiles/abc,400,bad-request",
    "/v1/profiles/00000000000000000000000000000000,404,profile-not-found",
    "/v1/pools/none,404,pool-not-found",
    "/v1/nothing,404,not-found",
    "/,404,not-found",
    "/v1/hosts?min-revision=1001&wait-ms=1,503,revision-not-reached",
    "/v1/status?min-revision=1001&wait-ms=1,503,revision-not-reached",
    "/v1/status?x=1,400,unknown-parameter",
  })
  void nonsenseGetsAProblemThatSaysWhatToDo(String path, int status, String code) throws Exception {
    assertProblem(api.get(path), status, code);
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

  @Test
  void aPairThatDoesNotParseIsNamedByItsIndex() throws Exception {
    HttpResponse<String> response = api.post("/v1/check", pairs("a/b", "a/b", "no-endpoint"));
    assertProblem(response, 400, "endpoint-invalid");
    assertThat(response.body()).contains("pairs[1].destination");
  }

  @Test
  void aTamperedCursorIsRefusedAndAGivenOneIsNot() throws Exception {
    String hosts = "/v1/hosts?limit=1&cursor=";
    String next = ApiFixture.json(api.get("/v1/hosts?limit=1")).path("next").textValue();
    JsonNode second = ApiFixture.json(api.get(hosts + next));
    assertThat(second.at("/hosts/0/host").textValue()).isEqualTo(IndexedFleet.host(1));
    assertProblem(api.get(hosts + next + "A"), 400, "bad-request");
    String destinations = "/v1/destinations?limit=1&source=" + api.endpoint(0);
    String cursor = ApiFixture.json(api.get(destinations)).path("next").textValue();
    assertThat(api.get(destinations + "&cursor=" + cursor).statusCode()).isEqualTo(200);
    for (String bad : new String[] {"", "!!", next, cursor + "A", cursor.substring(2)}) {
      HttpResponse<String> refused = api.get(destinations + "&cursor=" + bad);
      assertProblem(refused, 400, "bad-request");
      assertThat(refused.body()).contains("without cursor");
    }
  }

  @Test
  void halfACharacterInABodyIsNotGivenBack() throws Exception {
    HttpResponse<String> response = api.post("/v1/check", pairs("a/b", "\\ud800/x"));
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode json = ApiFixture.json(response);
    assertThat(json.at("/results/0/destination").textValue()).isEqualTo("\ufffd/x");
    assertThat(response.body()).doesNotContain("\\ud800");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          check ~ [] ~ the body: expected an object, found an array of 0
          check ~ {"pairs": 7} ~ pairs: expected an array of at most 10000 objects, found '7'
          check ~ {} ~ pairs: expected an array of at most 10000 objects, found nothing
          check ~ {"pairs": [{"source": null}]} ~ pairs[0].source: expected a string, found 'null'
          check ~ {"pairs": [[[[[[[[[[]]]]]]]]]]} ~ expected JSON, found: 'Document nesting depth
          destinations ~ {"sources": ["a/b"], "limit": "x"} ~ from 1 to 1000, found the string 'x'
          destinations ~ {"sources": []} ~ sources: expected 1 to 64 endpoints, found none
          """)
  void aBodyOfAnotherShapeIsToldWhatWasExpectedAndFound(String path, String body, String said)
      throws Exception {
    HttpResponse<String> response = api.post("/v1/" + path, body);
    assertProblem(response, 400, "bad-request");
    assertThat(ApiFixture.json(response).path("detail").textValue()).contains(said);
  }

  @Test
  void aCallerThatSendsFarTooMuchHearsWhyInTheEnd() throws Exception {
    byte[] chunk = new byte[64 << 10];
    long huge = 100L << 20;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + ("Content-Length: " + huge + "\r\n\r\n");
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      for (long sent = 0; sent < huge; sent += chunk.length) {
        out.write(chunk); // and not a reset
      }
      assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void aHugeBodyIsRefused() throws Exception {
    HttpResponse<String> response = api.post("/v1/check", "\"" + "x".repeat(5 << 20) + "\"");
    assertProblem(response, 413, "body-too-large");
    assertThat(response.body()).contains("at most 4194304 bytes", "ask in parts");
  }

  @Test
  void aWrongMethodIsToldWhichAreRight() throws Exception {
    HttpResponse<String> response = api.send("DELETE", "/v1/hosts", "");
    assertProblem(response, 405, "method-not-allowed");
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    HttpResponse<String> options = api.send("OPTIONS", "/v1/check", "");
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/check?source=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/check?source=%ff%fe/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/hosts/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/hosts/\u0000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      })
  void brokenRequestsAreRefused(String request) throws Exception {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "\"code\":\"bad-request\"", "expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "505 | GET /v1/hosts HTTP/1.0",
        "400 | POST /v1/check HTTP/1.1~Host: a~Transfer-Encoding: gzip",
        "501 | POST /v1/check HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked",
      })
  void anotherHttpThanOursIsTheCallersMistake(int status, String head) throws Exception {
    assertThat(raw(head.replace("~", "\r\n") + "\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status)
        .contains("\"code\":\"bad-request\"", "expected HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Transfer-Encoding: chunked\r\n\r\n5\r\n{}",
        "Content-Length: 10\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
      })
  void aBodyThatIsNotAsItsHeadersSayIsRefused(String rest) throws Exception {
    String head = "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes())
          .asString()
          .startsWith("HTTP/1.1 400")
          .contains("\"code\":\"bad-request\"")
          .doesNotContain("HTTP/1.1 500");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/hosts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "POST /v1/nothing HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 9\r\n\r\n{",
        "GET /v1/hosts HTTP/1.0\r\n\r\n",
      })
  void aConnectionThatIsToEndEndsAfterTheAnswer(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout((int) HttpBounds.DEFAULTS.idleTimeout().toMillis() / 2);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(socket.getInputStream().readAllBytes()).asString().endsWith("}");
    }
  }

  @Test
  void anOverlongUrlAndOverlongHeadersAreRefused() throws Exception {
    String longUrl = "GET /v1/hosts?cursor=" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    assertThat(raw(longUrl))
        .startsWith("HTTP/1.1 414")
        .contains("application/problem+json", "\"url-too-long\"", "at most 16384 bytes", "POST");
    String longHeader =
        "GET /v1/hosts HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
    assertThat(raw(longHeader))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "headers of at most 16384", "fewer headers");
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

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      byte[] answer = new byte[4096];
      int size = 0;
      String text = "";
      for (int n = 0; n >= 0 && !text.endsWith("}"); size += n) {
        text = new String(answer, 0, size, StandardCharsets.ISO_8859_1);
        n = text.endsWith("}") ? 0 : socket.getInputStream().read(answer, size, 4096 - size);
      }
      return text;
    }
  }

  private static void assertProblem(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode json = ApiFixture.json(response);
    assertThat(json.path("code").textValue()).as(response.body()).isEqualTo(code);
    assertThat(json.path("status").intValue()).isEqualTo(status);
    assertThat(json.path("detail").textValue()).isNotBlank();
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
