package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthServerTest {

  @Test
  void aConditionThatThrowsIsAnAnswerAndTheServerGoesOn() throws Exception {
    try (HealthServer server =
            HealthServer.start(
                "127.0.0.1",
                0,
                () -> {
                  throw new IllegalStateException("thrown by the test");
                },
                () -> false,
                () -> {
                  throw new IllegalStateException("thrown by the test");
                });
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(get(http, server, "/health/ready").statusCode()).isEqualTo(500);
      assertThat(get(http, server, "/metrics").statusCode()).isEqualTo(500);
      assertThat(get(http, server, "/health/live").body()).isEqualTo("live\n");
    }
  }

  private static HttpResponse<String> get(HttpClient http, HealthServer server, String path)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
