package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of HTTP/1.0, as proxies and load balancers send them, written to the socket. */
@ExtendWith(SharedApi.class)
class OldHttpTest {

  private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)");

  private final ApiFixture api;

  OldHttpTest(ApiFixture api) {
    this.api = api;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/hosts HTTP/1.0~~",
        "GET /v1/hosts HTTP/1.0~Connection: close~Host: api~~",
        "GET /v1/hosts HTTP/1.0~Connection: close, keep-alive~~",
        "GET /v1/hosts HTTP/1.0~connection: x~Expect: 100-continue~Upgrade: h2c~TE: trailers~~",
      })
  void aRequestIsAnsweredWithALengthAndThenTheConnectionEnds(String request) throws Exception {
    String answer = all(request);
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("Connection: close\r\n");
    assertThat(answer).doesNotContain("Transfer-Encoding", "100 Continue");
    assertThat(body(answer)).isEqualTo(api.get("/v1/hosts").body());
    Matcher length = LENGTH.matcher(answer);
    assertThat(length.find()).isTrue();
    assertThat(body(answer)).hasSize(Integer.parseInt(length.group(1)));
  }

  @Test
  void aConnectionStaysWhereTheRequestAsksForIt() throws Exception {
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        send(socket, "GET /health/ready HTTP/1.0~Connection: Keep-Alive~~");
        assertThat(one(socket)).startsWith("HTTP/1.1 200").contains("Connection: keep-alive");
      }
      send(socket, "GET /v1/status HTTP/1.1~Host: a~~");
      assertThat(one(socket)).startsWith("HTTP/1.1 200");
      send(socket, "POST /v1/nothing HTTP/1.0~Connection: keep-alive~Content-Length: 2~~{}");
      assertThat(one(socket)).startsWith("HTTP/1.1 404");
      send(socket, "GET /v1/status HTTP/1.0~~");
      assertThat(one(socket)).startsWith("HTTP/1.1 200").contains("Connection: close");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void requestsThatComeTogetherAreAnsweredInTurn() throws Exception {
    String pairs = "{\"pairs\":[]}";
    String post =
        "POST /v1/check HTTP/1.0~Content-Type: application/json~Connection: keep-alive~"
            + "Content-Length: "
            + pairs.length()
            + "~~"
            + pairs;
    String answers = all(post + post + "GET /v1/status HTTP/1.0~~" + "GET /v1/pools HTTP/1.0~~");
    assertThat(answers.split("HTTP/1.1 200 OK", -1)).as(answers).hasSize(4);
    assertThat(answers.split("\"results\":\\[\\]", -1)).hasSize(3);
    assertThat(answers).contains("rejectedRecords").doesNotContain("pool-0");
  }

  @Test
  void aRequestInManyPiecesIsOne() throws Exception {
    String pairs = "{\"pairs\":[]}";
    String post =
        ("POST /v1/check HTTP/1.0~Content-Type: application/json~X: y~Content-Length: "
                + pairs.length()
                + "~~"
                + pairs)
            .replace("~", "\r\n");
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      for (byte each : post.getBytes(StandardCharsets.ISO_8859_1)) {
        socket.getOutputStream().write(each);
        socket.getOutputStream().flush();
      }
      assertThat(one(socket)).startsWith("HTTP/1.1 200").contains("\"results\":[]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /v1/check HTTP/1.0~Transfer-Encoding: chunked~~0~~HIDDEN",
        "POST /v1/check HTTP/1.0~transfer-encoding: identity~Content-Length: 2~~{}HIDDEN",
        "POST /v1/check HTTP/1.0~Transfer-Encoding : chunked~~0~~HIDDEN",
        "POST /v1/check HTTP/1.0~Content-Length: 2~Content-Length: 2~~{}HIDDEN",
        "POST /v1/check HTTP/1.0~Content-Length: 2, 2~~{}HIDDEN",
        "POST /v1/check HTTP/1.0~Content-Length: +2~~{}HIDDEN",
        "POST /v1/check HTTP/1.0~Content-Length: 9999999999999999999~~HIDDEN",
        "POST /v1/check HTTP/1.0~Content-Length:~~HIDDEN",
        "POST /v1/check HTTP/1.0~X: y\nContent-Length: 2~~HIDDEN",
        "POST /v1/check HTTP/1.0~Expect: y\rContent-Length: 2~~HIDDEN",
        "POST /v1/check HTTP/1.0~X: y~ Content-Length: 2~~HIDDEN",
        "POST /v1/check HTTP/1.0~Connection~~HIDDEN",
        "POST /v1/check HTTP/1.0\n\nHIDDEN",
        "GET /v1/hosts\r HTTP/1.0~~HIDDEN",
        "GET  HTTP/1.0~~HIDDEN",
      })
  void whereTwoReadersMightFindAnotherEndNothingIsAnsweredButTheMistake(String request)
      throws Exception {
    String hidden = "GET /v1/hosts/hidden HTTP/1.0~Connection: keep-alive~~";
    assertThat(all(request.replace("HIDDEN", hidden)))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"bad-request\"", "Connection: close")
        .doesNotContain("host-not-found");
  }

  @Test
  void aBodyThatIsLeftOutIsNoRequest() throws Exception {
    String hidden = "GET /v1/hosts/hidden HTTP/1.0~~";
    String request =
        "POST /v1/nothing HTTP/1.0~Expect: 100-continue~Content-Length: %d~~%s"
            .formatted(hidden.replace("~", "\r\n").length(), hidden);
    assertThat(all(request)).startsWith("HTTP/1.1 404").doesNotContain("host-not-found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /v1/hosts HTTP/1.0~X: ", "GET /v1/hosts HTTP/1.0~" + "x:y~"})
  void headsThatDoNotEndAreRefused(String begin) throws Exception {
    assertThat(all(begin + "y".repeat(20_000))).startsWith("HTTP/1.1 400").contains("too large");
    assertThat(all(begin + "y")).startsWith("HTTP/1.1 400").contains("before that of the headers");
  }

  @Test
  void aLongRequestLineIsRefusedAsInHttp11() throws Exception {
    assertThat(all("GET /v1/hosts?cursor=" + "x".repeat(20_000) + " HTTP/1.0~~"))
        .startsWith("HTTP/1.1 414");
  }

  @Test
  void aStreamIsRefusedAndSaysWhatToDo() throws Exception {
    assertThat(all("GET /v1/watch HTTP/1.0~~"))
        .startsWith("HTTP/1.1 505")
        .contains("\"code\":\"http-too-old\"", "proxy_http_version 1.1")
        .doesNotContain("Transfer-Encoding");
  }

  @Test
  void optionsOfAllTellsReadiness() throws Exception {
    assertThat(all("OPTIONS / HTTP/1.0~~"))
        .startsWith("HTTP/1.1 200")
        .contains("\"status\":\"UP\"");
    assertThat(all("OPTIONS / HTTP/1.1~Host: a~Connection: close~~")).startsWith("HTTP/1.1 200");
    assertThat(all("OPTIONS /v1/hosts HTTP/1.0~~")).startsWith("HTTP/1.1 204");
    try (ApiFixture filling = new ApiFixture(HttpBounds.DEFAULTS, ApiFixture.CLOCK, false);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), filling.port())) {
      send(socket, "OPTIONS / HTTP/1.0~~");
      assertThat(one(socket)).startsWith("HTTP/1.1 503").contains("\"reason\"");
    }
  }

  @Test
  void headsAreAnsweredWithoutABody() throws Exception {
    assertThat(body(all("HEAD /v1/hosts HTTP/1.0~~"))).isEmpty();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
    socket.setSoTimeout((int) HttpBounds.DEFAULTS.idleTimeout().toMillis() / 2);
    return socket;
  }

  private static void send(Socket socket, String request) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(request.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Everything that comes back before the connection ends; our side ends after the request. */
  private String all(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** One answer, as long as its length says. */
  private static String one(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!endsWithEmptyLine(head.toByteArray())) {
      int next = in.read();
      assertThat(next).as(head.toString(StandardCharsets.UTF_8)).isNotNegative();
      head.write(next);
    }
    String text = head.toString(StandardCharsets.UTF_8);
    Matcher length = LENGTH.matcher(text);
    assertThat(length.find()).as(text).isTrue();
    byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
    return text + new String(body, StandardCharsets.UTF_8);
  }

  private static boolean endsWithEmptyLine(byte[] bytes) {
    byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    int from = Math.max(0, bytes.length - end.length);
    return Arrays.equals(Arrays.copyOfRange(bytes, from, bytes.length), end);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
