package io.fleetcompat.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.oracle.NaiveVerdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;

/** A server that answers checks of pairs with what it is told to say. */
final class ToldApi implements AutoCloseable {

  /** The verdicts that are told. Threads: any. */
  interface Verdicts {
    /**
     * @param query what the question says beside the pairs, such as {@code max-behind=0}; else
     *     empty
     * @param source as the question spells it, and the destination likewise
     */
    NaiveVerdict of(String query, String source, String destination);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Verdicts verdicts;

  ToldApi(Verdicts verdicts) throws IOException {
    this.verdicts = verdicts;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/check", this::answer);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode results = answer.putArray("results");
    for (JsonNode pair : JSON.readTree(exchange.getRequestBody()).path("pairs")) {
      String source = pair.path("source").asText();
      write(verdicts.of(query, source, pair.path("destination").asText()), results.addObject());
    }
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void write(NaiveVerdict verdict, ObjectNode json) {
    json.put("verdict", verdict.outcome().name());
    ArrayNode reasons = json.putArray("reasons");
    verdict.rules().forEach(rule -> reasons.addObject().put("rule", rule));
    ArrayNode obligations = json.putArray("obligations");
    verdict
        .obligations()
        .forEach(
            (attribute, value) -> {
              ObjectNode one = obligations.addObject().put("attribute", attribute);
              value.ifPresent(text -> one.put("value", text));
            });
    ArrayNode warnings = json.putArray("warnings");
    for (String warning : verdict.warnings()) {
      String[] words = warning.split(" ", 2);
      warnings.addObject().put("rule", words[0]).put("attribute", words[1]);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
