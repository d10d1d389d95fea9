package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.GoldenFile;
import io.fleetcompat.testing.IndexedFleet;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every byte of answers of every route, in a file that a change of the API changes alone. */
class GoldenAnswersTest {

  /** The time at which the hosts have been silent for too long. */
  private static final Clock LATER = Clock.offset(ApiFixture.CLOCK, Duration.ofMinutes(2));

  private final StringBuilder text = new StringBuilder();

  @Test
  void everyQuestionIsAnsweredAsBefore() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      ask(api);
      askForProblems(api);
    }
    silent();
    notReady();
    // Each change of a built-in pack gives another digest, and changes no answer of these.
    String answers = text.toString().replace(RulePacks.builtIn().digest(), "<digest>");
    new GoldenFile(getClass(), "answers.txt").check(answers);
  }

  private void ask(ApiFixture api) throws Exception {
    String source = api.endpoint(0);
    StringBuilder pairs = new StringBuilder();
    for (int host = 0; host < ApiFixture.HOSTS - 1; host++) {
      String pair = "source=" + source + "&destination=" + api.endpoint(host);
      get(api, "/v1/check?" + pair);
      get(api, "/v1/explain?" + pair);
      get(api, "/v1/check?source=" + source + "&destination=" + IndexedFleet.host(host));
      get(api, "/v1/hosts/" + IndexedFleet.host(host));
      pairs.append(pair(source, api.endpoint(host))).append(',');
    }
    pairs.append(pair(source, "no\\n\\u2028\\\"ä/x")).append(',').append(pair("ä/ö", source));
    post(api, "/v1/check", "{\"pairs\":[" + pairs + "]}");
    String destinations = "/v1/destinations?source=" + source;
    for (String more : new String[] {"", "&unknown=true", "&capacity=true", "&own-host=true"}) {
      get(api, destinations + more);
    }
    String next = ApiFixture.json(get(api, destinations + "&limit=1")).path("next").textValue();
    get(api, destinations + "&limit=2&cursor=" + next);
    get(api, destinations + "&pool=pool-0");
    String sources = "{\"sources\":[\"%s\",\"%s\"]".formatted(source, api.endpoint(3));
    post(api, "/v1/destinations", sources + "}");
    post(api, "/v1/destinations", "{\"sources\":[\"" + source + "\"],\"limit\":2}");
    post(api, "/v1/destinations", sources + ",\"candidates\":[\"a\\tb\",\"host-000002.example\"]}");
    get(api, "/v1/hosts/" + ApiFixture.ODD_HOST_IN_A_URL);
    get(api, "/v1/hosts?limit=3");
    get(api, "/v1/hosts?pool=pool-1&liveness=FRESH");
    String profiles = "/v1/profiles?limit=2";
    String profile = ApiFixture.json(get(api, profiles)).at("/profiles/0/profile").textValue();
    String fifth = ApiFixture.json(api.get("/v1/profiles?limit=5")).path("next").textValue();
    get(api, profiles + "&cursor=" + fifth);
    get(api, "/v1/profiles/" + profile);
    get(api, "/v1/matrix?limit=2");
    get(api, "/v1/matrix?source=" + profile);
    get(api, "/v1/pools");
    get(api, "/v1/pools/pool-0");
    get(api, "/v1/status");
    get(api, "/health/live");
    get(api, "/health/ready");
  }

  private void askForProblems(ApiFixture api) throws Exception {
    get(api, "/v1/check?source=a");
    get(api, "/v1/check?source=%00%22%E2%80%A8/b&destination=x");
    get(api, "/v1/hosts?limit=0");
    get(api, "/v1/hosts?min-revision=1001&wait-ms=1");
    get(api, "/v1/nothing");
    post(api, "/v1/check", "[]");
    add("DELETE /v1/hosts", api.send("DELETE", "/v1/hosts", ""));
  }

  private void silent() throws Exception {
    try (ApiFixture api = new ApiFixture(HttpBounds.DEFAULTS, LATER, true)) {
      String source = api.endpoint(0);
      get(api, "/v1/check?source=" + source + "&destination=" + api.endpoint(2));
      get(api, "/v1/explain?source=" + source + "&destination=" + api.endpoint(2));
      get(api, "/v1/destinations?source=" + source);
      get(api, "/v1/destinations?stale=true&limit=2&source=" + source);
      post(
          api, "/v1/destinations", "{\"sources\":[\"" + source + "\"],\"stale\":true,\"limit\":2}");
      get(api, "/v1/hosts?limit=1");
    }
  }

  private void notReady() throws BadRecordException, IOException, InterruptedException {
    try (ApiFixture api = new ApiFixture(HttpBounds.DEFAULTS, ApiFixture.CLOCK, false)) {
      get(api, "/v1/status");
      get(api, "/health/ready");
    }
  }

  private static String pair(String source, String destination) {
    return "{\"source\":\"%s\",\"destination\":\"%s\"}".formatted(source, destination);
  }

  private HttpResponse<String> get(ApiFixture api, String path)
      throws IOException, InterruptedException {
    return add("GET " + path, api.get(path));
  }

  private void post(ApiFixture api, String path, String body)
      throws IOException, InterruptedException {
    add("POST " + path + " " + body, api.post(path, body));
  }

  private HttpResponse<String> add(String question, HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    text.append(question).append('\n');
    text.append(answer.statusCode()).append(' ').append(type).append('\n');
    text.append(answer.body()).append("\n\n");
    return answer;
  }
}
