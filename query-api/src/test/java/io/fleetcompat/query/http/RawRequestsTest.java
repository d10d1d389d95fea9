package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no HTTP client would send, written to the socket. */
@ExtendWith(SharedApi.class)
class RawRequestsTest {

  private final ApiFixture api;

  RawRequestsTest(ApiFixture api) {
    this.api = api;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/check?source=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/check?source=%ff%fe/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/hosts/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/hosts/\u0000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "G\u001bT /v1/hosts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /v1/hosts HTTP/1.1\r\nHo\u001bst: a\r\nConnection: close\r\n\r\n",
        "\u0016\u0003\u0001 /v1/hosts HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
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
        "400 | GET /v1/hosts HTTP/1.2",
        "400 | GET /v1/hosts HTTP/0.9",
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
        "POST /v1/check HTTP/1.1~Transfer-Encoding: chunked~Content-Type: application/json~~2\n"
            + "{}~0~~",
        "POST /v1/check HTTP/1.1~Transfer-Encoding: chunked~Content-Type: application/json~~zz~",
        "GET /v1/hosts HTTP/1.1~Expect: 100-continue~Content-Length: 42~~",
        "POST /v1/nothing HTTP/1.1~Expect: 100-continue~Content-Length: 42~~",
        "POST /v1/check HTTP/1.1~Expect: 100-continue~Content-Length: 42~~",
        "POST /v1/check HTTP/1.1~Expect: 100-continue~Transfer-Encoding: chunked~~",
      })
  void aBodyThatWasNotReadIsNoRequest(String begin) throws Exception {
    String request =
        begin.replace("~", "\r\n") + "GET /v1/hosts/hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      String withHost = request.replaceFirst("\r\n", "\r\nHost: a\r\n");
      socket.getOutputStream().write(withHost.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes())
          .asString()
          .startsWith("HTTP/1.1 ")
          .doesNotContain("host-not-found");
    }
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
}
