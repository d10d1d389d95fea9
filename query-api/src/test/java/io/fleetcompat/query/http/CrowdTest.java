package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.room.Room;
import io.fleetcompat.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who would keep others out by doing nothing, or by asking too much at once. */
class CrowdTest {

  private static final String POST =
      "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void closeSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void manyWhoAskMuchAndReadNothingTakeNotMoreThanTheMemoryThereIs() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                OutOfMemory.OPTION,
                "-cp",
                System.getProperty("java.class.path"),
                Flooded.class.getName())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = process.inputReader()) {
      String said = output.readAllAsString();
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said).contains("health 200\n", "refused true\n", "hosts 200\n");
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v1/ho",
        "GET /v1/hosts HTTP/1.1\r\nHost: a\r\n",
      })
  void whoeverIsIdleGivesWayToWhoeverAsks(String half) throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with("max-connections", "4"))) {
      for (int i = 0; i < 2 * Connections.BEYOND; i++) {
        send(api, half);
      }
      awaitAnswer(api, "/health/ready", 200);
      awaitAnswer(api, "/v1/hosts", 200);
    }
  }

  @Test
  void whoeverWasAnsweredAndStillSendsGivesWay() throws Exception {
    String half = "POST /v1/nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{";
    try (ApiFixture api = new ApiFixture(Bounds.with("max-connections", "4"))) {
      for (int i = 0; i < 2 * Connections.BEYOND; i++) {
        assertThat(send(api, half).getInputStream().readNBytes(9))
            .asString()
            .isEqualTo("HTTP/1.1 ");
      }
      assertThat(api.get("/v1/hosts").statusCode()).isEqualTo(200);
      assertThat(closed(api, "drain")).isPositive();
    }
  }

  @Test
  void whereNobodyIsIdleHealthAndMetricsAreToldAndNothingElse() throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with("max-connections", "2"))) {
      for (int i = 0; i < 2; i++) {
        Socket watcher = send(api, "GET /v1/watch HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(watcher.getInputStream().readNBytes(12)).asString().endsWith(" 200");
      }
      HttpResponse<String> refused = api.get("/v1/hosts");
      ApiFixture.assertProblem(refused, 429, "too-much-at-once");
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
      assertThat(api.get("/metrics").body()).contains("fleetcompat_query_connections ");
    }
  }

  @Test
  void whoeverIsToldHealthOnlyGivesWayToNobodyElse() throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with("max-connections", "2"))) {
      for (int i = 0; i < 2; i++) {
        Socket watcher = send(api, "GET /v1/watch HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(watcher.getInputStream().readNBytes(12)).asString().endsWith(" 200");
      }
      for (int i = 0; i < 2 * Connections.BEYOND; i++) {
        send(api, "");
      }
      awaitAnswer(api, "/health/ready", 200);
      awaitAnswer(api, "/v1/hosts", 429);
    }
  }

  @Test
  void whoeverIsToldHealthOnlyIsToldAllOnceThereIsRoom() throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with("max-connections", "1"))) {
      Socket busy = send(api, POST + "Content-Length: 9\r\nExpect: 100-continue\r\n\r\n");
      assertThat(busy.getInputStream().readNBytes(12)).asString().endsWith(" 100");
      assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
      busy.close();
      Await.until("it has gone", () -> metric(api, "connections") == 1);
      assertThat(api.get("/v1/hosts").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head-timeout | GET /v1/ho",
        "head-timeout | GET /v1/hosts HTTP/1.1~Host: a~",
        "body-timeout | POST /v1/check HTTP/1.1~Host: a~Content-Type: application/json~"
            + "Content-Length: 9~~{",
        "body-timeout | POST /v1/check HTTP/1.1~Host: a~Content-Type: application/json~"
            + "Transfer-Encoding: chunked~~5~{",
      })
  void whoeverDoesNotEndIsClosed(String setting, String half) throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with(setting, "1ms"))) {
      assertThat(ended(send(api, half.replace("~", "\r\n")))).isTrue();
    }
  }

  @Test
  void whoeverDoesNotTakeHisAnswerIsClosed() throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with("write-timeout", "1ms"))) {
      String pair = "{\"source\":\"a/b\",\"destination\":\"a/b\"},";
      String body = "{\"pairs\":[" + pair.repeat(9_999) + pair.replace("},", "}") + "]}";
      send(api, POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
      Await.until("it is closed", () -> closed(api, "write") > 0);
      Await.until("it has given back", () -> metric(api, "in_flight_bytes{use=\"answers\"}") == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Content-Length: 3000000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n2dc6c0\r\n"})
  void memoryForBodiesGoesToWhoeverSendsThem(String framing) throws Exception {
    try (ApiFixture api = new ApiFixture(Bounds.with("max-bytes-in-flight", "16MiB"))) {
      String begin = POST + framing + " ".repeat(2_900_000);
      send(api, begin);
      Await.until(
          "it has memory", () -> metric(api, "in_flight_bytes{use=\"bodies\"}") > 2_900_000);
      String small = "{\"pairs\":[]}" + " ".repeat(2 * Room.FREE);
      assertThat(api.post("/v1/check", small).statusCode())
          .as("the slow one gives way")
          .isEqualTo(200);
      assertThat(ended(sockets.getFirst())).isTrue();
      assertThat(closed(api, "body")).isEqualTo(1);
    }
  }

  /** More of it than there is in all would be kept if any of these kept a part of what it took. */
  @Test
  void allMemoryIsGivenBackWhateverTheEndOfARequest() throws Exception {
    String pair = "{\"source\":\"a/b\",\"destination\":\"a/b\"},";
    String pairs = "{\"pairs\":[" + pair.repeat(2_999) + pair.replace("},", "}") + "]}";
    String noJson = "[" + " ".repeat(300_000);
    String chunk = Integer.toHexString(noJson.length()) + "\r\n" + noJson + "\r\n0\r\n\r\n";
    String old = POST.replace("HTTP/1.1", "HTTP/1.0");
    List<String> requests =
        List.of(
            POST + "Content-Length: " + pairs.length() + "\r\n\r\n" + pairs,
            old + "Content-Length: " + pairs.length() + "\r\n\r\n" + pairs,
            POST + "Content-Length: " + noJson.length() + "\r\n\r\n" + noJson,
            old + "Content-Length: " + noJson.length() + "\r\n\r\n" + noJson,
            POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk,
            POST + "Content-Length: 9000000\r\n\r\n" + noJson,
            old + "Content-Length: 9000000\r\n\r\n" + noJson,
            "GET /v1/hosts HTTP/1.0\r\nX: " + "x".repeat(5_000) + "\r\n\r\n",
            "GET /v1/hosts HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/nothing HTTP/1.1\r\nHost: a\r\n\r\n");
    try (ApiFixture api = new ApiFixture(Bounds.with("max-bytes-in-flight", "16MiB"))) {
      for (int i = 0; i < 20; i++) {
        for (String request : requests) {
          try (Socket socket = send(api, request)) {
            socket.shutdownOutput();
            if (i % 2 == 0) {
              socket.getInputStream().readNBytes(12); // others go without a look at the answer
            }
          } catch (SocketException e) {
            // refused before all of it was sent
          }
        }
      }
      for (String use : List.of("bodies", "parsing", "answers")) {
        Await.until(
            "all of " + use, () -> metric(api, "in_flight_bytes{use=\"%s\"}".formatted(use)) == 0);
      }
      assertThat(api.post("/v1/check", pairs).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void requestsThatAreNoneAreCounted() throws Exception {
    try (ApiFixture api = new ApiFixture()) {
      for (int i = 0; i < 3; i++) {
        Socket socket = send(api, "G\u001bT /v1/hosts HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 400");
      }
      assertThat(metric(api, "refused_requests_total{status=\"400\"}")).isEqualTo(3);
    }
  }

  /**
   * Asks until it is answered: while the rest of a crowd comes, whoever asks may give way, too,
   * since he is idle until his request is read.
   */
  private static void awaitAnswer(ApiFixture api, String path, int status) {
    Await.until(status + " for " + path, () -> api.get(path).statusCode() == status);
  }

  private static long closed(ApiFixture api, String waitedFor) throws Exception {
    return metric(api, "connections_closed_total{waited_for=\"" + waitedFor + "\"}");
  }

  private static long metric(ApiFixture api, String name) throws Exception {
    String line = "\nfleetcompat_query_" + name + " "; // HELP and TYPE begin otherwise
    String all = api.get("/metrics").body();
    int at = all.indexOf(line);
    assertThat(at).as(all).isPositive();
    return (long) Double.parseDouble(all.substring(at + line.length(), all.indexOf('\n', at + 1)));
  }

  private Socket send(ApiFixture api, String text) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** Waits for the server to end a connection, whatever it said before. */
  private static boolean ended(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // reset, since it was closed with bytes unread
    }
    return true;
  }
}
