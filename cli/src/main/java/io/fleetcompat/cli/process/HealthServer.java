package io.fleetcompat.cli.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /health/live}, {@code /health/ready} and {@code /metrics} of a process that serves nothing
 * else, on loopback unless told otherwise. A process that is not live is not ready.
 *
 * <p>Threads: requests are served one at a time on a thread of its own.
 */
public final class HealthServer implements AutoCloseable {

  /** Connections that wait while one is served. */
  private static final int BACKLOG = 16;

  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

  private final HttpServer server;

  private HealthServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param port 0 for any
   * @param readiness whether it does its work by now
   * @param failed whether it will never again
   * @param metrics in the Prometheus text format
   */
  public static HealthServer start(
      String host,
      int port,
      Supplier<Readiness> readiness,
      BooleanSupplier failed,
      Supplier<String> metrics)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    server.setExecutor(
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("health").factory()));
    server.createContext("/", exchange -> answer(exchange, 404, "not found\n"));
    server.createContext("/health/live", exchange -> answer(exchange, () -> live(failed)));
    server.createContext(
        "/health/ready", exchange -> answer(exchange, () -> ready(readiness, failed)));
    server.createContext(
        "/metrics", exchange -> answer(exchange, () -> new Text(200, metrics.get())));
    server.start();
    return new HealthServer(server);
  }

  private static Text live(BooleanSupplier failed) {
    return failed.getAsBoolean() ? new Text(503, "not live\n") : new Text(200, "live\n");
  }

  private static Text ready(Supplier<Readiness> readiness, BooleanSupplier failed) {
    Readiness found = readiness.get();
    if (found.isReady() && failed.getAsBoolean()) {
      return new Text(503, "not ready\n");
    }
    return new Text(found.isReady() ? 200 : 503, found.text() + "\n");
  }

  private record Text(int status, String body) {}

  /** A failure of ours is an answer too: whoever asks must not wait for it. */
  @SuppressWarnings("IllegalCatch") // the server would swallow it, and close without a word
  private static void answer(HttpExchange exchange, Supplier<Text> text) throws IOException {
    Text found;
    try {
      found = text.get();
    } catch (RuntimeException e) {
      LOG.error("{} cannot be answered", exchange.getRequestURI().getPath(), e);
      found = new Text(500, "failed: the log says why\n");
    }
    answer(exchange, found.status(), found.body());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
