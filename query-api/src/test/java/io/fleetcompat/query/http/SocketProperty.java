package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * The law of a connection, whatever it sends: no mistake of a caller is ours, the connection ends,
 * and an answer is one. A stream of events goes on until its caller has gone.
 */
final class SocketProperty {

  private static final int MOST_MILLIS = 5_000;
  private static final String STREAM = "text/event-stream";

  private final ApiFixture api;

  SocketProperty(ApiFixture api) {
    this.api = api;
  }

  boolean accepts(byte[] request) throws IOException {
    StringBuilder answer = new StringBuilder();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(MOST_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      read(socket.getInputStream(), answer);
    } catch (SocketException e) {
      // It was reset: what came before that counts.
    } catch (SocketTimeoutException e) {
      throw new AssertionError("expected an end, found " + answer, e);
    }
    assertThat(answer.toString()).doesNotContain("HTTP/1.1 500", "Exception", "\tat ");
    assertThat(answer.isEmpty() || answer.toString().startsWith("HTTP/1.1 "))
        .as(answer.toString())
        .isTrue();
    return answer.toString().startsWith("HTTP/1.1 200");
  }

  private static void read(InputStream in, StringBuilder answer) throws IOException {
    byte[] part = new byte[8192];
    for (int count = in.read(part); count >= 0; count = in.read(part)) {
      answer.append(new String(part, 0, count, StandardCharsets.ISO_8859_1));
      if (answer.indexOf(STREAM) >= 0) {
        return;
      }
    }
  }
}
