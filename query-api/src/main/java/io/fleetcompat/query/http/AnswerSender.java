package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.room.Room;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The way of a whole answer to its caller: compressed where he takes that, and left out where he
 * has it already. One thread.
 */
final class AnswerSender {

  private static final Header JSON = HeaderValues.create(HeaderNames.CONTENT_TYPE, Response.JSON);
  private static final Header VARY = HeaderValues.create(HeaderNames.VARY, "Accept-Encoding");
  private static final Header CONTENT_ENCODING_GZIP =
      HeaderValues.create(HeaderNames.CONTENT_ENCODING, "gzip");

  /** Bytes of an answer that are written at once: each part has the deadline of a write. */
  private static final int PART = 16 << 10;

  private final ServerRequest request;
  private final ServerResponse response;
  private final Gzip gzip;

  AnswerSender(ServerRequest request, ServerResponse response, Gzip gzip) {
    this.request = request;
    this.response = response;
    this.gzip = gzip;
  }

  /** True where the headers of an answer are asked for, and no more. */
  static boolean isHead(ServerRequest request) {
    return request.prologue().method().equals(Method.HEAD);
  }

  /** Sends an answer, or says that the caller has it. */
  void send(Response.Whole answer) {
    if (answer.status() != Status.OK_200.code()) {
      response.status(Status.create(answer.status()));
    }
    if (answer.status() == Code.TOO_MUCH_AT_ONCE.status()) {
      response.header(Exchange.RETRY_AFTER);
    }
    boolean large = answer.length() > Gzip.LEAST;
    if (large) {
      response.header(VARY);
    }
    boolean json = answer.contentType().equals(Response.JSON);
    response.header(
        json ? JSON : HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
    answer
        .headers()
        .forEach(
            (name, value) -> response.header(HeaderValues.create(HeaderNames.create(name), value)));
    if (isHead(request)) {
      response.header(length(answer.length()));
      response.send();
    } else if (isKnown(answer)) {
      response.status(Status.NOT_MODIFIED_304);
      response.send();
    } else if (large && Gzip.isAccepted(values(HeaderNames.ACCEPT_ENCODING))) {
      gzip.compressed(answer).ifPresentOrElse(this::sendCompressed, () -> sendBody(answer));
    } else {
      sendBody(answer);
    }
  }

  /** True where the caller has said that he has this very answer. */
  private boolean isKnown(Response.Whole answer) {
    String tag = answer.headers().get(EntityTag.HEADER);
    return request.prologue().method().equals(Method.GET) // RFC 9110, section 13.1.2
        && tag != null
        && answer.status() == Status.OK_200.code()
        && EntityTag.isAmong(values(HeaderNames.IF_NONE_MATCH), tag);
  }

  private List<String> values(HeaderName name) {
    return request.headers().contains(name) ? request.headers().get(name).allValues() : List.of();
  }

  private void sendCompressed(Gzip.Compressed smaller) {
    response.header(CONTENT_ENCODING_GZIP);
    sendBody(smaller.buffer(), smaller.size());
  }

  private void sendBody(Response.Whole answer) {
    sendBody(answer.body(), answer.length());
  }

  private void sendBody(byte[] body, int length) {
    if (length > Room.FREE) {
      sendInParts(body, length);
    } else {
      response.send(body, 0, length);
    }
  }

  private static Header length(int length) {
    return HeaderValues.create(HeaderNames.CONTENT_LENGTH, String.valueOf(length));
  }

  /** Without the copy of all of it that the server would make. */
  private void sendInParts(byte[] body, int length) {
    response.header(length(length));
    try (OutputStream out = response.outputStream()) {
      for (int at = 0; at < length; at += PART) {
        out.write(body, at, Math.min(PART, length - at));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the caller has gone", e);
    }
  }
}
