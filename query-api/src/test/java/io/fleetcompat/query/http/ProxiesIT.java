package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.WatchedEvents;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.DebianProgram;
import io.fleetcompat.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configurations of proxies in docs/operations.md, as Debian's nginx and HAProxy run them. */
class ProxiesIT {

  private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");

  /** Addresses in the document: of what a proxy listens on, and of two APIs. */
  private static final String ONE = "127.0.0.1:8787";

  private static final String OTHER = "127.0.0.1:8797";
  private static final String NGINX_1_0 = "127.0.0.1:8080";
  private static final String NGINX_1_1 = "127.0.0.1:8081";
  private static final String HAPROXY = "127.0.0.1:8082";
  private static final String HAPROXY_BY_NAME = "127.0.0.1:8083";

  @TempDir private Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Integer> ports = FreePorts.find(4);
  private ApiFixture api;
  private ApiFixture filling;

  @BeforeEach
  void start() throws Exception {
    api = new ApiFixture();
    filling = new ApiFixture(HttpBounds.DEFAULTS, ApiFixture.CLOCK, false);
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
    filling.close();
  }

  /** A port of this run in place of one in the document. */
  private String here(String documented) {
    return switch (documented) {
      case ONE -> "127.0.0.1:" + api.port();
      case OTHER -> "127.0.0.1:" + filling.port();
      case NGINX_1_0 -> "127.0.0.1:" + ports.get(0);
      case NGINX_1_1 -> "127.0.0.1:" + ports.get(1);
      case HAPROXY -> "127.0.0.1:" + ports.get(2);
      case HAPROXY_BY_NAME -> "127.0.0.1:" + ports.get(3);
      default -> throw new AssertionError("expected an address of the test, found " + documented);
    };
  }

  /** A block of the document in that language, with ports of this run. */
  private String documented(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCUMENT));
    assertThat(block.find()).as(language).isTrue();
    return Pattern.compile("127\\.0\\.0\\.1:[0-9]+")
        .matcher(block.group(1))
        .replaceAll(address -> here(address.group()));
  }

  private Child nginx() throws IOException {
    String program = DebianProgram.require("nginx", "nginx-light");
    String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
    StringBuilder temporary = new StringBuilder();
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      temporary.append("    %s_temp_path %s;%n".formatted(kind, directory.resolve(kind)));
    }
    Files.writeString(
        directory.resolve("nginx.conf"),
        """
        daemon off;
        pid nginx.pid;
        error_log stderr;
        %sevents {}
        http {
            access_log off;
        %s%s}
        """
            .formatted(user, temporary, documented("nginx")));
    return Child.start(
        directory.resolve("nginx.log"),
        directory,
        Map.of(),
        List.of(program, "-p", directory.toString(), "-e", "stderr", "-c", "nginx.conf"));
  }

  private Child haproxy() throws IOException {
    String program = DebianProgram.require("haproxy", "haproxy");
    Files.writeString(directory.resolve("haproxy.cfg"), documented("haproxy"));
    return Child.start(
        directory.resolve("haproxy.log"),
        directory,
        Map.of(),
        List.of(program, "-db", "-f", "haproxy.cfg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {NGINX_1_0, NGINX_1_1})
  void nginxPassesQuestionsAndAnswersOn(String address) throws Exception {
    try (Child nginx = nginx()) {
      awaitReady(address, nginx);
      assertAnswersAsTheApi(address);
      nginx.terminate(); // or a worker that is killed is started again
    }
  }

  @Test
  void nginxPassesAWatchOnAsItHappensWhereItSpeaksHttp11() throws Exception {
    try (Child nginx = nginx()) {
      awaitReady(NGINX_1_1, nginx);
      int port = URI.create("http://" + here(NGINX_1_1)).getPort();
      try (WatchedEvents events = new WatchedEvents(port, "", Optional.empty())) {
        assertThat(events.next().name()).isEqualTo("bookmark");
        api.changes.add(1, "a", ChangeCause.HOST_STALE); // at whichever of the two it is
        filling.changes.add(1, "a", ChangeCause.HOST_STALE);
        assertThat(events.next().data().path("name").textValue()).isEqualTo("a");
      }
      HttpResponse<String> old = get(NGINX_1_0, "/v1/watch");
      ApiFixture.assertProblem(old, 505, "http-too-old");
      nginx.terminate();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HAPROXY, HAPROXY_BY_NAME})
  void haproxyAsksOnlyWhoIsReady(String address) throws Exception {
    try (Child haproxy = haproxy()) {
      awaitReady(address, haproxy);
      Await.until(
          "the API that is not ready to be left out",
          () -> haproxy.said().contains("/two is DOWN"));
      Await.until("both checks", () -> haproxy.said().split("/two is DOWN", -1).length == 3);
      assertThat(haproxy.said()).doesNotContain("/one is DOWN");
      for (int i = 0; i < 10; i++) {
        assertThat(get(address, "/health/ready").statusCode()).isEqualTo(200);
      }
      assertAnswersAsTheApi(address);
    }
  }

  private void awaitReady(String address, Child proxy) {
    Await.until(
        "an answer through the proxy",
        () -> {
          assertThat(proxy.process().isAlive()).as(proxy.said()).isTrue();
          return get(address, "/health/ready").statusCode() == 200;
        });
  }

  private void assertAnswersAsTheApi(String address) throws Exception {
    String source = api.endpoint(0);
    for (String path :
        List.of(
            "/v1/hosts",
            "/v1/destinations?unknown=true&own-host=true&limit=1000&source=" + source,
            "/v1/check?source=" + source + "&destination=" + api.endpoint(3),
            "/v1/nothing",
            "/openapi.json")) {
      HttpResponse<String> through = get(address, path);
      HttpResponse<String> direct = api.get(path);
      assertThat(through.statusCode()).as(path).isEqualTo(direct.statusCode());
      assertThat(through.body()).as(path).isEqualTo(direct.body());
    }
    String pair = "{\"source\":\"%s\",\"destination\":\"%s\"}".formatted(source, api.endpoint(2));
    String many = "{\"pairs\":[" + pair + ("," + pair).repeat(2_000) + "]}";
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://" + here(address) + "/v1/check"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(many))
            .build();
    HttpResponse<String> through = client.send(post, BodyHandlers.ofString());
    assertThat(through.body()).isEqualTo(api.post("/v1/check", many).body());
  }

  private HttpResponse<String> get(String address, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://" + here(address) + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
