package io.fleetcompat.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.testing.Mutations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests with mistakes of every kind: none is our fault, and the next caller is answered. */
@ExtendWith(SharedApi.class)
class MutatedRequestsTest {

  private static final long SEED = Long.getLong("fuzz.seed", 20261127);
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 2000);
  private static final int MOST_MILLIS = 20_000;

  private final ApiFixture api;

  MutatedRequestsTest(ApiFixture api) {
    this.api = api;
  }

  @Test
  void noMistakeOfACallerIsOurs() throws Exception {
    String endpoint = api.endpoint(0);
    Mutations mutations = new Mutations(SEED, samples(endpoint));
    for (int i = 0; i < INPUTS; i++) {
      byte[] request = mutations.get();
      String answer = answer(request);
      assertThat(answer)
          .as("seed %d, request %d: %s", SEED, i, HexFormat.of().formatHex(request))
          .doesNotContain("HTTP/1.1 500", "Exception", "\tat ");
    }
    assertThat(api.get("/v1/check?source=%s&destination=%s".formatted(endpoint, endpoint)))
        .extracting(response -> response.statusCode())
        .isEqualTo(200);
  }

  private static List<byte[]> samples(String endpoint) {
    return Stream.of(
            get("/v1/check?source=%s&destination=%s&max-behind=0s".formatted(endpoint, endpoint)),
            get("/v1/destinations?source=%s&limit=3".formatted(endpoint)),
            get("/v1/hosts?limit=2&liveness=fresh"),
            get("/v1/hosts/host-0/evacuation?keep=1"),
            get("/v1/pools"),
            get("/v1/status?min-revision=1"),
            post(
                "/v1/check",
                "{\"pairs\": [{\"source\": \"%s\", \"destination\": \"%s\"}]}"
                    .formatted(endpoint, endpoint)),
            post(
                "/v1/what-if",
                "{\"select\": {\"pools\": [\"p\"]}, \"set\": {\"kernel\": \"6.8.0\"}}"),
            post("/v1/outcomes", "{\"id\": \"m-1\", \"result\": \"succeeded\"}"))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n";
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, body.length(), body);
  }

  /** All that comes back; a connection that is reset has said nothing. */
  private String answer(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(MOST_MILLIS);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }
}
