package io.fleetcompat.query.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of alerts that answers as a test says: what a real one answers seldom. */
final class Receiver implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final BlockingQueue<JsonNode> bodies = new LinkedBlockingQueue<>();
  private volatile Answers answers = _ -> new Answer(200, "");
  volatile Optional<String> authorization = Optional.empty();

  /** An answer to a request. */
  record Answer(int status, String body) {}

  /** The answers to bodies. */
  interface Answers {
    Answer to(JsonNode body);
  }

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/am/api/v2/alerts", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    Answer answer = answers.to(body);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
    bodies.add(body);
  }

  Receiver answering(Answers other) {
    answers = other;
    return this;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/am/");
  }

  /** The next body that it gets. */
  JsonNode next() throws InterruptedException {
    return Optional.ofNullable(bodies.poll(30, TimeUnit.SECONDS)).orElseThrow();
  }

  /** The names of the alerts of a body. */
  static List<String> names(JsonNode body) {
    List<String> names = new ArrayList<>();
    body.forEach(alert -> names.add(alert.at("/labels/alertname").asText()));
    return names.stream().sorted().toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
