package io.fleetcompat.benchmarks.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;

/** Helidon SE: a virtual thread per connection. */
final class HelidonConstant {

  private HelidonConstant() {}

  static void start(int port) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(port)
        .routing(
            routing ->
                routing.get(
                    "/constant",
                    (request, response) -> {
                      response.header(HeaderNames.CONTENT_TYPE, "application/json");
                      response.send(ConstantAnswer.JSON);
                    }))
        .build()
        .start();
  }
}
