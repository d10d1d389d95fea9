package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.testing.IndexedFleet;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a client sees where an answer cannot be made, or not in time. */
class FaultsTest {

  @Test
  void ourOwnMistakeIsAProblemThatTellsNothingOfTheInsideAndIsCounted() throws Exception {
    Route fault =
        Route.always(
            "/fault",
            call -> {
              throw new IllegalStateException("inside");
            });
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Dispatcher dispatcher =
        new Dispatcher(
            List.of(fault),
            new Replica(IndexView.empty()),
            HttpBounds.DEFAULTS,
            Duration.ofSeconds(5),
            ApiFixture.CLOCK,
            new RequestMetrics(metrics));
    try (HttpServer server = HttpServer.start("127.0.0.1", 0, HttpBounds.DEFAULTS, dispatcher);
        HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/fault");
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.headers().firstValue("Content-Type")).hasValue(Answer.PROBLEM);
      assertThat(response.body()).doesNotContain("inside");
      JsonNode json = new JsonMapper().readTree(response.body());
      assertThat(json.path("code").textValue()).isEqualTo("internal");
      assertThat(json.path("status").intValue()).isEqualTo(500);
      assertThat(metrics.scrape()).contains("route=\"/fault\",status=\"500\"");
    }
  }

  @Test
  void anAnswerThatIsNotReadyInTimeIsGivenUp() throws Exception {
    HttpBounds usual = HttpBounds.DEFAULTS;
    HttpBounds hasty =
        new HttpBounds(
            usual.maxBodyBytes(),
            usual.maxUrlBytes(),
            usual.maxHeaderBytes(),
            usual.maxConnections(),
            usual.maxWaiting(),
            Duration.ofNanos(1),
            usual.idleTimeout());
    try (ApiFixture api = new ApiFixture(hasty)) {
      String pairs = "{\"pairs\":[{\"source\":\"a/b\",\"destination\":\"a/b\"}]}";
      HttpResponse<String> response = api.post("/v1/check", pairs);
      assertTimeout(response);
      String source = IndexedFleet.host(0) + "/" + firstEndpoint(api);
      assertTimeout(api.get("/v1/destinations?source=" + source));
      assertTimeout(api.post("/v1/destinations", "{\"sources\":[\"" + source + "\"]}"));
    }
  }

  private static String firstEndpoint(ApiFixture api) {
    Host host = Objects.requireNonNull(api.view.fleet().find(IndexedFleet.host(0)));
    return host.placed().endpoints().name(0);
  }

  private static void assertTimeout(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(504);
    assertThat(ApiFixture.json(response).path("code").textValue()).isEqualTo("timeout");
  }
}
