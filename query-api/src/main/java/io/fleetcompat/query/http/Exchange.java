package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Dispatcher.Incoming;
import io.fleetcompat.query.http.OpenConnection.Phase;
import io.fleetcompat.query.http.Problem.Code;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** One request to the server and the answer to it, in the server's terms. One thread. */
final class Exchange implements Incoming {

  static final Header RETRY_AFTER = HeaderValues.create(HeaderNames.RETRY_AFTER, "1");

  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
  private static final Header NOT_BUFFERED =
      HeaderValues.create(HeaderNames.create("X-Accel-Buffering"), "no");
  private static final Header NOSNIFF =
      HeaderValues.create(HeaderNames.create("X-Content-Type-Options"), "nosniff");

  private final ServerRequest request;
  private final ServerResponse response;
  private final Connections connections;
  private final Gzip gzip;
  private final OpenConnection connection;

  Exchange(ServerRequest request, ServerResponse response, Connections connections, Gzip gzip) {
    this.request = request;
    this.response = response;
    this.connections = connections;
    this.gzip = gzip;
    this.connection = OrderlyClose.current();
  }

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
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    connection.enter(Phase.BODY);
    try {
      return received();
    } finally {
      connection.goOn(Phase.ANSWER); // where it was closed, the answer says so to nobody
    }
  }

  private byte[] received() {
    int most = connections.bounds().maxBodyBytes();
    byte[] body;
    try {
      InputStream in = request.content().inputStream(); // closing it would wait for the rest
      body = in.readNBytes(most + 1);
    } catch (RequestException e) {
      throw e.status().equals(Status.TOO_MANY_REQUESTS_429) ? RequestMemory.tooMuch() : e;
    } catch (IOException | RuntimeException e) {
      endConnection(); // nobody can tell where the next request begins
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

  /** Answers, and gives back the memory that it took. */
  void answer(Dispatcher dispatcher, OwnFaults faults) {
    try {
      response.header(NOSNIFF);
      Response admitted = admitted(dispatcher, faults);
      if (request.headers().contains(HeaderValues.EXPECT_100) && !request.content().consumed()) {
        endConnection(); // the server would take a body that is sent all the same for a request
      }
      switch (admitted) {
        case Response.Whole whole -> new AnswerSender(request, response, gzip).send(whole);
        case Response.Stream stream -> send(stream);
      }
    } finally {
      connection.memory().release();
    }
    boolean isRead = !request.content().hasEntity() || request.content().consumed();
    connection.enter(isRead ? Phase.IDLE : Phase.DRAIN);
  }

  /** The answer, or why there is no room for it. */
  private Response admitted(Dispatcher dispatcher, OwnFaults faults) {
    boolean isHealth =
        path().startsWith("/health/")
            || path().equals("/metrics")
            || Dispatcher.asksForReadiness(method(), path());
    if (isHealth) {
      connection.memory().tellsMetrics();
    } else if (!connections.admits(connection)) {
      endConnection();
      return Response.problem(
          new Problem(
              Code.TOO_MUCH_AT_ONCE,
              "expected at most %d connections (max-connections); ask again in a second"
                  .formatted(connections.bounds().maxConnections())),
          "");
    }
    try {
      Response made = made(dispatcher, faults);
      if (made instanceof Response.Whole whole) {
        connection.memory().hold(whole.body().length);
      }
      return made;
    } catch (Problem noRoom) {
      return Response.problem(noRoom, "");
    }
  }

  @SuppressWarnings("IllegalCatch") // a mistake of ours is an answer, too
  private Response made(Dispatcher dispatcher, OwnFaults faults) {
    try {
      return inTheirVersion(dispatcher.dispatch(this));
    } catch (RequestException | CloseConnectionException e) {
      throw e; // the server has an answer, or there is nobody to answer
    } catch (Throwable e) {
      faults.tell(Problem.quote(method() + " " + path()), e);
      byte[] problem = new Refusal(connections.bounds()).problem(Code.INTERNAL.status(), "");
      return Response.of(Code.INTERNAL.status(), Response.PROBLEM, problem, "");
    }
  }

  /** A stream would have to be in chunks, which HTTP/1.0 does not have. */
  private Response inTheirVersion(Response answer) {
    if (!(answer instanceof Response.Stream stream) || !connection.speaksHttp10()) {
      return answer;
    }
    stream.body().close();
    return Response.problem(
        new Problem(
            Code.HTTP_TOO_OLD,
            "expected HTTP/1.1 for a stream, found HTTP/1.0; in nginx, set proxy_http_version 1.1"),
        "");
  }

  private void endConnection() {
    response.header(HeaderValues.CONNECTION_CLOSE);
  }

  /** The connection ends with the stream: a caller who has seen its end may ask anew at once. */
  private void send(Response.Stream answer) {
    try (Response.Body body = answer.body()) {
      response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
      response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
      response.header(NOT_BUFFERED);
      endConnection();
      if (AnswerSender.isHead(request)) {
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
}
