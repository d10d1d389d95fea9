package io.fleetcompat.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code fleetcompat watch}, against a server that breaks as a test says. */
class WatchTest {

  /** The answer to one connection: a status and a body, after which it ends. */
  private record Reply(int status, String body) {}

  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final HttpServer server = server();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicInteger status = new AtomicInteger(-1);

  WatchTest() throws IOException {}

  @AfterEach
  void close() {
    server.stop(0);
  }

  private HttpServer server() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.createContext(
        "/",
        exchange -> {
          String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
          asked.add(exchange.getRequestURI() + " after " + last);
          Reply reply =
              Objects.requireNonNullElse(
                  replies.poll(), new Reply(503, "{\"code\":\"not-ready\"}"));
          byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    made.start();
    return made;
  }

  private static String change(String id) {
    return """
    id: %s
    event: change
    data: {"at":"2026-11-26T10:00:0%s.000Z","kind":"host","name":"host-%s",\
    "causes":["driver-upgrade"],"values":[{"name":"driver/nvidia","from":"550","to":"570"}],\
    "moves":[]}

    """
        .formatted(id, id, id);
  }

  private Thread watch(String... more) {
    Queue<String> arguments = new ArrayDeque<>(List.of("watch"));
    arguments.addAll(List.of(more));
    arguments.add("--api=http://127.0.0.1:" + server.getAddress().getPort());
    return Thread.ofPlatform()
        .start(
            () ->
                status.set(
                    Main.run(
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        arguments.toArray(String[]::new))));
  }

  private void end(Thread watching) throws InterruptedException {
    watching.interrupt();
    watching.join();
  }

  @Test
  void itGoesOnAfterTheLastEventAndSaysOnceThatItBroke() throws Exception {
    replies.add(new Reply(200, "id: 0\nevent: bookmark\ndata: {\"asOf\":null}\n\n" + change("1")));
    replies.add(new Reply(503, "{\"code\":\"not-ready\",\"detail\":\"x\"}"));
    replies.add(new Reply(200, ": a comment\n\n" + change("2") + "id: 3\nevent: change\nda"));
    Thread watching = watch("--host", "a b", "--kind=host");
    assertThat(asked.take()).isEqualTo("/v1/watch?host=a%20b&kind=host after null");
    assertThat(asked.take()).endsWith("after 1");
    assertThat(asked.take()).endsWith("after 1");
    assertThat(asked.take()).as("half an event is none").endsWith("after 2");
    end(watching);
    assertThat(status).hasValue(0);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            2026-11-26T10:00:01.000Z  host/host-1  driver-upgrade: driver/nvidia 550 -> 570
            2026-11-26T10:00:02.000Z  host/host-2  driver-upgrade: driver/nvidia 550 -> 570
            """);
    assertThat(err.toString().lines())
        .containsExactly(
            "fleetcompat: the watch broke (it ended): trying again",
            "fleetcompat: watching again",
            "fleetcompat: the watch broke (it ended): trying again");
  }

  @Test
  void whatIsNotKeptAnyMoreIsSaidAndTheWatchBeginsAnew() throws Exception {
    replies.add(new Reply(200, change("1")));
    replies.add(new Reply(410, "{\"code\":\"watch-too-old\",\"detail\":\"x\"}"));
    replies.add(
        new Reply(200, change("9") + "event: error\ndata: {\"code\":\"watch-too-old\"}\n\n"));
    Thread watching = watch("-o", "json");
    assertThat(asked.take()).endsWith("after null");
    assertThat(asked.take()).endsWith("after 1");
    assertThat(asked.take()).endsWith("after null");
    assertThat(asked.take()).endsWith("after null");
    end(watching);
    assertThat(out.toString().lines().findFirst().orElseThrow())
        .startsWith("{\"event\":\"change\",\"id\":\"1\",\"data\":{\"at\":\"2026-11-26T10:00:01");
    assertThat(err.toString())
        .contains("what has changed since 2026-11-26T10:00:01.000Z: it was missed")
        .contains("what has changed since 2026-11-26T10:00:09.000Z: it was missed");
  }

  @Test
  void whatIsWrongFromTheBeginningEndsIt() throws Exception {
    replies.add(new Reply(400, "{\"code\":\"bad-request\",\"detail\":\"kind: expected\"}"));
    watch("--kind=x").join();
    assertThat(status).hasValue(2);
    assertThat(err.toString()).contains("kind: expected (bad-request)");
    replies.add(new Reply(503, "{\"code\":\"too-many-watchers\",\"detail\":\"later\"}"));
    watch().join();
    assertThat(status).hasValue(1);
    server.stop(0);
    watch().join();
    assertThat(err.toString()).contains("nothing answers at");
  }
}
