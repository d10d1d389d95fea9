package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Dispatcher.Incoming;
import io.fleetcompat.query.http.Problem.Code;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The listening socket: Helidon, a virtual thread per connection. */
final class HttpServer implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, Response.JSON);
  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
  private static final Header NOT_BUFFERED =
      HeaderValues.create(HeaderNames.create("X-Accel-Buffering"), "no");
  private static final Header NOSNIFF =
      HeaderValues.create(HeaderNames.create("X-Content-Type-Options"), "nosniff");

  private final WebServer server;

  private HttpServer(WebServer server) {
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for any that is free
   * @throws UncheckedIOException if it cannot listen there
   */
  static HttpServer start(String address, int port, HttpBounds bounds, Dispatcher dispatcher) {
    requireFree(address, port);
    FairTurns turns = new FairTurns();
    WebServer server =
        WebServer.builder()
            .host(address)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .maxPayloadSize(bounds.maxBodyBytes())
            .maxTcpConnections(bounds.maxConnections())
            .idleConnectionTimeout(bounds.idleTimeout())
            .connectionOptions(
                // An answer of several segments must not wait for the caller's acknowledgement.
                SocketOptions.builder().readTimeout(READ_TIMEOUT).tcpNoDelay(true).build())
            .protocolsDiscoverServices(false) // or HTTP/1.1 is there twice, once with defaults
            .addConnectionSelector(
                new OrderlyClose(
                    Http1Config.builder()
                        .validatePrologue(false) // Parameters does, and says what is wrong
                        .maxPrologueLength(bounds.maxUrlBytes())
                        .maxHeadersSize(bounds.maxHeaderBytes())))
            .directHandlers(refusals(new Refusal(bounds)))
            .routing(
                routing ->
                    routing.any(
                        (request, response) -> {
                          turns.next();
                          send(request, response, dispatcher.dispatch(incoming(request, bounds)));
                        }))
            .build();
    server.start();
    if (!server.isRunning()) {
      throw cannotListen(address, port, "it was taken this moment");
    }
    return new HttpServer(server);
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
  }

  private static void send(ServerRequest request, ServerResponse response, Response answer) {
    response.header(NOSNIFF);
    boolean head = request.prologue().method().equals(Method.HEAD);
    switch (answer) {
      case Response.Whole whole -> send(response, whole, head);
      case Response.Stream stream -> send(response, stream, head);
    }
  }

  private static void send(ServerResponse response, Response.Whole answer, boolean head) {
    if (answer.status() != Status.OK_200.code()) {
      response.status(Status.create(answer.status()));
    }
    boolean json = answer.contentType().equals(Response.JSON);
    response.header(
        json ? JSON : HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
    if (!answer.allow().isEmpty()) {
      response.header(HeaderValues.create(HeaderNames.ALLOW, answer.allow()));
    }
    if (head) {
      response.header(
          HeaderValues.create(HeaderNames.CONTENT_LENGTH, String.valueOf(answer.length())));
      response.send();
    } else {
      response.send(answer.body(), 0, answer.length());
    }
  }

  /** The connection ends with the stream: a caller who has seen its end may ask anew at once. */
  private static void send(ServerResponse response, Response.Stream answer, boolean head) {
    try (Response.Body body = answer.body()) {
      response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
      response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
      response.header(NOT_BUFFERED);
      response.header(HeaderValues.CONNECTION_CLOSE);
      if (head) {
        response.send();
        return;
      }
      OrderlyClose.keepThoughSilent();
      try (OutputStream out = response.outputStream()) {
        body.writeTo(out);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the watcher has gone", e);
    }
  }

  private static Incoming incoming(ServerRequest request, HttpBounds bounds) {
    return new Incoming() {
      @Override
      public String method() {
        return request.prologue().method().text();
      }

      @Override
      public String path() {
        return request.prologue().uriPath().rawPath();
      }

      @Override
      public String query() {
        return request.prologue().hasQuery() ? request.prologue().query().rawValue() : "";
      }

      @Override
      public Optional<String> contentType() {
        return request.headers().first(HeaderNames.CONTENT_TYPE);
      }

      @Override
      public Optional<String> lastEventId() {
        return request.headers().first(LAST_EVENT_ID);
      }

      @Override
      public byte[] body() {
        return read(request, bounds.maxBodyBytes());
      }
    };
  }

  private static byte[] read(ServerRequest request, int most) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    byte[] body;
    try {
      InputStream in = request.content().inputStream(); // closing it would wait for the rest
      body = in.readNBytes(most + 1);
    } catch (RequestException e) {
      throw e; // has its own answer
    } catch (IOException | RuntimeException e) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected a body as long as Content-Length says, or in chunks that each begin with their"
              + " length, found neither; send it again");
    }
    if (body.length > most) {
      throw new Problem(
          Code.BODY_TOO_LARGE, "expected a body of at most " + most + " bytes; ask in parts");
    }
    return body;
  }

  /** The server calls it a mistake of its own where a head is none, such as one with an ESC. */
  private static DirectHandlers refusals(Refusal refusal) {
    DirectHandler handler =
        (request, event, said, headers, message) -> {
          Status status =
              said.equals(Status.INTERNAL_SERVER_ERROR_500) && OrderlyClose.isReadingHead()
                  ? Status.BAD_REQUEST_400
                  : said;
          headers.set(HeaderNames.CONTENT_TYPE, Response.PROBLEM);
          String found = Objects.requireNonNullElse(message, status.reasonPhrase());
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
