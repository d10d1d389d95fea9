package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The health server, over real sockets, and those who would keep others from it. */
class HealthServerTest {

  /** Far more than a caller, the server and the kernel hold for one connection. */
  private static final String LARGE = "# a comment\n".repeat(1 << 20);

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void closeSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void aConditionThatThrowsIsAnAnswerAndTheServerGoesOn() throws Exception {
    Supplier<Readiness> failsToKnow =
        () -> {
          throw new IllegalStateException("thrown by the test");
        };
    Supplier<String> failsToTell =
        () -> {
          throw new IllegalStateException("thrown by the test");
        };
    try (HealthServer server =
            HealthServer.start("127.0.0.1", 0, failsToKnow, () -> false, failsToTell);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(get(http, server, "/health/ready").statusCode()).isEqualTo(500);
      assertThat(get(http, server, "/metrics").statusCode()).isEqualTo(500);
      assertThat(get(http, server, "/health/live").body()).isEqualTo("live\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /metr", "GET /metrics HTTP/1.1\r\nHost: a\r\n"})
  void whoeverAsksOnlyHalfGivesWayToWhoeverAsks(String half) throws Exception {
    try (HealthServer server = started("metrics")) {
      for (int i = 0; i < 5 * HealthServer.MOST_CALLERS; i++) {
        send(server, half);
      }
      for (int i = 0; i < 3; i++) {
        assertThat(answer(send(server, request("/health/live")))).endsWith("\r\n\r\nlive\n");
      }
      assertThat(ended(sockets.getFirst())).isTrue();
    }
  }

  @Test
  void whoeverDoesNotReadGivesWayToWhoeverAsks() throws Exception {
    try (HealthServer server = started(LARGE)) {
      for (int i = 0; i < 2 * HealthServer.MOST_CALLERS; i++) {
        send(server, request("/metrics"));
      }
      assertThat(answer(send(server, request("/health/ready")))).endsWith("\r\n\r\nready\n");
    }
  }

  @Test
  void whoeverAsksOnlyHalfIsClosedAfterATime() throws Exception {
    HealthPages pages = new HealthPages(() -> Readiness.of(true), () -> false, () -> "metrics");
    try (HealthServer server = HealthServer.start("127.0.0.1", 0, pages, Duration.ofMillis(1))) {
      assertThat(ended(send(server, "GET /metrics HTTP/1.1\r\n"))).isTrue();
    }
  }

  @Test
  void aLargeAnswerIsWhole() throws Exception {
    try (HealthServer server = started(LARGE);
        HttpClient http = HttpClient.newHttpClient()) {
      assertThat(get(http, server, "/metrics").body()).isEqualTo(LARGE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | G\u001bT",
        "400 | \u0016\u0003\u0001\u0002",
        "400 | GET metrics HTTP/1.1",
        "400 | GET /metrics",
        "400 | GET /metrics HTTP/2",
        "400 | GET /a b HTTP/1.1",
        "404 | GET /metrics/ HTTP/1.1",
        "404 | GET / HTTP/1.1",
        "405 | PUT /metrics HTTP/1.1",
        "200 | GET /metrics?a=b HTTP/1.1",
        "200 | GET /metrics HTTP/1.0",
        "200 | HEAD /metrics HTTP/1.1",
      })
  void aRequestIsAnsweredOrRefused(int status, String line) throws Exception {
    try (HealthServer server = started("metrics")) {
      String answer = answer(send(server, line + "\r\n\r\n"));
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer.endsWith("\r\n\r\n")).isEqualTo(line.startsWith("HEAD"));
    }
  }

  @Test
  void aHeadThatIsTooLongIsRefused() throws Exception {
    try (HealthServer server = started("metrics")) {
      String head = "GET /metrics HTTP/1.1\r\nA: " + "a".repeat(HealthExchange.MAX_HEAD);
      assertThat(answer(send(server, head))).startsWith("HTTP/1.1 431 ").contains("8192");
    }
  }

  @Test
  void whoeverSendsABodyHearsTheAnswer() throws Exception {
    try (HealthServer server = started("metrics")) {
      Socket socket = send(server, "POST /metrics HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");
      socket.getOutputStream().write(new byte[100_000]);
      assertThat(answer(socket)).startsWith("HTTP/1.1 405 ");
    }
  }

  private static HealthServer started(String metrics) throws IOException {
    return HealthServer.start("127.0.0.1", 0, () -> Readiness.of(true), () -> false, () -> metrics);
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private Socket send(HealthServer server, String request) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /** Waits for the server to close a connection without an answer. */
  private static boolean ended(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true; // reset, since it was closed with bytes unread
    }
  }

  private static HttpResponse<String> get(HttpClient http, HealthServer server, String path)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
