package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.query.http.Route.Method;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.Snapshot;
import io.fleetcompat.testing.IndexedFleet;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The errors that a client sees where an answer cannot be made, or not in time. */
class FaultsTest {

  /** Whatever a handler may throw, and what it would say of the inside. */
  static List<Throwable> faults() {
    return List.of(
        new IllegalStateException("inside"),
        new AssertionError("inside"),
        new StackOverflowError("inside"),
        new NoClassDefFoundError("inside"),
        new IOException("inside"),
        new InterruptedException("inside"),
        new Throwable("inside"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void ourOwnMistakeIsAProblemThatTellsNothingOfTheInsideAndCostsThisAnswerAlone(Throwable fault)
      throws Exception {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Route fails =
        Route.index(Method.GET, "/fault", Set.of(), call -> FaultsTest.<Error>raise(fault));
    Route works = Route.always("/works", call -> Response.text("text/plain", "works"));
    Replica replica = new Replica(IndexView.empty());
    replica.publish(new Snapshot(IndexView.empty(), 1, 0, 0, true));
    Dispatcher dispatcher =
        new Dispatcher(
            List.of(fails, works),
            replica,
            new PastApi(Optional.empty(), (_, _) -> List.of(), ApiFixture.CLOCK),
            ApiFixture.nothingWithin(),
            HttpBounds.DEFAULTS,
            Duration.ofSeconds(5),
            ApiFixture.CLOCK,
            new RequestMetrics(metrics, Set.of()));
    try (HttpServer server =
            HttpServer.start("127.0.0.1", 0, HttpBounds.DEFAULTS, dispatcher, metrics);
        HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response = get(client, server, "/fault");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(Response.PROBLEM);
        assertThat(response.body()).doesNotContain("inside");
        JsonNode json = new JsonMapper().readTree(response.body());
        assertThat(json.path("code").textValue()).isEqualTo("internal");
        assertThat(json.path("status").intValue()).isEqualTo(500);
        assertThat(get(client, server, "/works").body()).isEqualTo("works");
      }
      assertThat(metrics.scrape())
          .contains("fleetcompat_query_request_seconds_count{route=\"/fault\",status=\"500\"} 3");
    }
  }

  /** Throws what need not be declared. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the only way to throw any
  private static <T extends Throwable> Response raise(Throwable fault) throws T {
    throw (T) fault;
  }

  private static HttpResponse<String> get(HttpClient client, HttpServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @Test
  void whoWaitedAndWasAnsweredLeavesHisPlaceToTheNext() throws Exception {
    HttpBounds narrow = Bounds.with("max-waiting", "1");
    try (ApiFixture api = new ApiFixture(narrow)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> inVain = api.get("/v1/hosts?wait-ms=1&min-revision=2000");
        ApiFixture.assertProblem(inVain, 503, "revision-not-reached");
        assertThat(inVain.body()).contains("within 1 ms");
      }
    }
  }

  @Test
  void aProcessWithoutMemoryEndsAndSaysWhy() throws Exception {
    String launcher = Files.readString(Path.of("../fleetcompat"));
    assertThat(launcher)
        .contains("mortal=(%s \"%s\")".formatted(OutOfMemory.OPTION, OutOfMemory.KILLING));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                OutOfMemory.OPTION,
                OutOfMemory.KILLING,
                "-cp",
                System.getProperty("java.class.path"),
                OutOfMemory.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String said = output.readAllAsString();
      assertThat(process.waitFor()).as(said).isEqualTo(137);
      assertThat(said).contains("java.lang.OutOfMemoryError: Java heap space");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anAnswerThatIsNotReadyInTimeIsGivenUp() throws Exception {
    HttpBounds hasty = Bounds.with("request-timeout", "PT0.000000001S");
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
