package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.cli.Main;
import io.fleetcompat.cli.Run;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code --watch}, against an API whose answer changes as a test says. */
class WatchedQuestionTest {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final HttpServer server;
  private volatile String answer = "";

  WatchedQuestionTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/watch", this::watch);
    server.createContext(
        "/v1/pools",
        exchange -> {
          asked.incrementAndGet();
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.contains("code") ? 404 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  private void watch(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (exchange) {
      while (true) {
        exchange.getResponseBody().write(events.take().getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private static String pools(String name, int revision) {
    return "{\"pools\":[{\"pool\":\"%s\",\"hosts\":3}],\"revision\":%d}".formatted(name, revision);
  }

  private void changed(int number) {
    int before = asked.get();
    events.add("id: %d\nevent: change\ndata: {}\n\n".formatted(number));
    Await.until("it asks again", () -> asked.get() > before);
  }

  @Test
  void anAnswerIsPrintedAgainWhereItIsAnother() throws Exception {
    answer = pools("gold", 1);
    AtomicInteger status = new AtomicInteger(-1);
    Thread watching =
        Thread.ofPlatform()
            .start(
                () ->
                    status.set(
                        Main.run(
                            new PrintWriter(out, true),
                            new PrintWriter(err, true),
                            "pools",
                            "--watch",
                            "-o=json",
                            "--api=http://127.0.0.1:" + server.getAddress().getPort())));
    Await.until("the first answer is there", () -> out.toString().contains("gold"));
    answer = pools("gold", 2);
    changed(1);
    answer = pools("silver", 3);
    changed(2);
    Await.until("the second answer is there", () -> out.toString().contains("silver"));
    answer = "{\"code\":\"pool-not-found\",\"detail\":\"there is none\"}";
    changed(3);
    Await.until("its end is told", () -> err.toString().contains("there is none"));
    answer = pools("silver", 9);
    changed(4);
    Await.until("it is told again", () -> out.toString().contains("9"));
    watching.interrupt();
    watching.join();
    assertThat(status).hasValue(0);
    assertThat(out.toString().lines())
        .containsExactly(pools("gold", 1), pools("silver", 3), pools("silver", 9));
    assertThat(err.toString().lines())
        .containsExactly("fleetcompat: there is none (pool-not-found)");
  }

  @Test
  void thePastIsNotWatched() {
    assertThat(Run.of("pools", "--watch", "--as-of=1h").err())
        .contains("expected --watch or --as-of, found both");
  }
}
