package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.cli.verify.Mismatch.Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The questions of {@code verify} to an API. */
class VerifiedApiTest {

  private static final String VERDICT =
      "{\"verdict\":\"COMPATIBLE\",\"reasons\":[],\"obligations\":[],\"warnings\":[]}";

  @Test
  void pairsThatTakeTooLongAtOnceAreAskedInParts() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/check", VerifiedApiTest::answerAtMostTwo);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (VerifiedApi api = new VerifiedApi(base, Duration.ofMinutes(1))) {
      List<Pair> pairs =
          IntStream.range(0, 7).mapToObj(i -> new Pair("a", "x" + i, "b", "y" + i)).toList();
      assertThat(api.check(pairs)).hasSize(7);
    } finally {
      server.stop(0);
    }
  }

  private static void answerAtMostTwo(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int pairs = asked.split("\"source\"", -1).length - 1;
    byte[] answer =
        ("{\"results\":[" + String.join(",", Collections.nCopies(pairs, VERDICT)) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(pairs > 2 ? 504 : 200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
