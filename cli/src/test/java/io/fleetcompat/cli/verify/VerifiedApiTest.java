package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.cli.verify.Mismatch.Pair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The questions of {@code verify} to an API. */
class VerifiedApiTest {

  private static final String VERDICT =
      "{\"verdict\":\"COMPATIBLE\",\"reasons\":[],\"obligations\":[],\"warnings\":[]}";

  private static final List<Pair> PAIRS =
      IntStream.range(0, 7).mapToObj(i -> new Pair("a", "x" + i, "b", "y" + i)).toList();

  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void pairsThatTakeTooLongAtOnceAreAskedInParts() throws Exception {
    try (VerifiedApi api = api(VerifiedApiTest::answerAtMostTwo, Duration.ofMinutes(1))) {
      assertThat(api.check(PAIRS)).hasSize(7);
    }
  }

  @Test
  void anApiThatHasTooMuchToDoIsAskedAgain() throws Exception {
    HttpHandler busyOnce = exchange -> answer(exchange, asked.get() == 1 ? 429 : 200);
    try (VerifiedApi api = api(busyOnce, Duration.ofMinutes(1))) {
      assertThat(api.check(PAIRS)).hasSize(7);
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void anApiThatAlwaysHasTooMuchToDoIsGivenUp() throws Exception {
    try (VerifiedApi api = api(exchange -> answer(exchange, 429), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> api.check(PAIRS))
          .isInstanceOf(CommandFailure.class)
          .hasMessageContaining("HTTP status 429");
    }
    assertThat(asked).hasValueGreaterThan(1);
  }

  private VerifiedApi api(HttpHandler check, Duration timeout) {
    server.createContext(
        "/v1/check",
        exchange -> {
          asked.incrementAndGet();
          check.handle(exchange);
        });
    return new VerifiedApi(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), timeout);
  }

  private static void answerAtMostTwo(HttpExchange exchange) throws IOException {
    int pairs = pairs(exchange);
    answer(exchange, pairs > 2 ? 504 : 200, pairs);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    answer(exchange, status, pairs(exchange));
  }

  private static int pairs(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return asked.split("\"source\"", -1).length - 1;
  }

  private static void answer(HttpExchange exchange, int status, int pairs) throws IOException {
    byte[] answer =
        ("{\"results\":[" + String.join(",", Collections.nCopies(pairs, VERDICT)) + "]}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
