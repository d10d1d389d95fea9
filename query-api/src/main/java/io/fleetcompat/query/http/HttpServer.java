package io.fleetcompat.query.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;

/** The listening socket: Helidon, a virtual thread per connection. */
final class HttpServer implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(3);
  private final WebServer server;
  private final Connections connections;

  private HttpServer(WebServer server, Connections connections) {
    this.server = server;
    this.connections = connections;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any that is free
   * @throws UncheckedIOException if it cannot listen there
   */
  static HttpServer start(
      String address, int port, HttpBounds wanted, Dispatcher dispatcher, MeterRegistry registry) {
    requireFree(address, port);
    HttpBounds bounds =
        wanted.withMaxConnections(OpenFiles.now().connections(wanted.maxConnections()));
    Connections connections = new Connections(bounds, registry);
    Refused refused = new Refused(registry);
    OwnFaults faults = new OwnFaults();
    FairTurns turns = new FairTurns();
    Gzip gzip = new Gzip();
    WebServer server =
        WebServer.builder()
            .host(address)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .maxPayloadSize(bounds.maxBodyBytes())
            .maxTcpConnections(bounds.maxConnections() + Connections.BEYOND)
            .idleConnectionTimeout(bounds.idleTimeout())
            .connectionOptions(
                // An answer of several segments must not wait for the caller's acknowledgement.
                SocketOptions.builder().tcpNoDelay(true).build())
            .protocolsDiscoverServices(false) // or HTTP/1.1 is there twice, once with defaults
            .addConnectionSelector(
                new OrderlyClose(
                    Http1Config.builder()
                        .validatePrologue(false) // Parameters does, and says what is wrong
                        .maxPrologueLength(bounds.maxUrlBytes())
                        .maxHeadersSize(bounds.maxHeaderBytes()),
                    connections))
            .directHandlers(refusals(new Refusal(bounds), refused))
            .routing(
                routing ->
                    routing.any(
                        (request, response) -> {
                          turns.next();
                          new Exchange(request, response, connections, gzip)
                              .answer(dispatcher, faults);
                        }))
            .build();
    server.start();
    if (!server.isRunning()) {
      throw cannotListen(address, port, "it was taken this moment");
    }
    return new HttpServer(server, connections);
  }

  /** Helidon only logs that it cannot listen, at length, and goes on without a socket. */
  private static void requireFree(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw cannotListen(address, port, String.valueOf(e.getMessage()));
    }
  }

  private static UncheckedIOException cannotListen(String address, int port, String why) {
    String message =
        "expected an address of this machine and a free port for the API, found %s:%d (%s);"
                .formatted(address, port, why)
            + " choose others (bind-address, port)";
    return new UncheckedIOException(message, new BindException(why));
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
    connections.close();
  }

  /** The server calls it a mistake of its own where a head is none, such as one with an ESC. */
  private static DirectHandlers refusals(Refusal refusal, Refused refused) {
    DirectHandler handler =
        (request, event, said, headers, message) -> {
          Status status =
              said.equals(Status.INTERNAL_SERVER_ERROR_500) && OrderlyClose.isReadingHead()
                  ? Status.BAD_REQUEST_400
                  : said;
          headers.set(HeaderNames.CONTENT_TYPE, Response.PROBLEM);
          if (status.equals(Status.TOO_MANY_REQUESTS_429)) {
            headers.set(Exchange.RETRY_AFTER);
          }
          String known = OrderlyClose.current().refusal().orElse(status.reasonPhrase());
          String found = Objects.requireNonNullElse(message, known);
          refused.tell(status.code(), Problem.quote(found));
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .entity(refusal.problem(status.code(), found))
              .build();
        };
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
      handlers.addHandler(event, handler);
    }
    return handlers.build();
  }
}
