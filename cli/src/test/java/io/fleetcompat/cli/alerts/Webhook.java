package io.fleetcompat.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of Alertmanager's notifications. Any thread. */
final class Webhook implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<JsonNode> alerts = new CopyOnWriteArrayList<>();

  Webhook() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          JSON.readTree(exchange.getRequestBody().readAllBytes())
              .path("alerts")
              .forEach(alerts::add);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** The alerts of an alert's name that were told with a status: {@code firing, resolved}. */
  List<JsonNode> told(String alert, String status) {
    return alerts.stream()
        .filter(each -> each.at("/labels/alertname").asText().equals(alert))
        .filter(each -> each.path("status").asText().equals(status))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
