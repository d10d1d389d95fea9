package io.fleetcompat.query.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a connection brings, as the server's parser takes them: that knows HTTP/1.1 alone,
 * so a request of HTTP/1.0 is given to it as one of HTTP/1.1 that asks for the same ({@link
 * OldHead}). Whatever else comes goes through as it is. One thread.
 */
final class RequestReader {

  private static final byte[] NONE = new byte[0];
  private static final byte[] OLD = " HTTP/1.0".getBytes(StandardCharsets.US_ASCII);

  private final Supplier<byte @Nullable []> socket;
  private final OpenConnection connection;
  private final HttpBounds bounds;

  /** The bytes after a request of HTTP/1.0: they begin another. */
  private byte[] ahead = NONE;

  /**
   * @param socket the next bytes; null at the end
   */
  RequestReader(Supplier<byte @Nullable []> socket, OpenConnection connection, HttpBounds bounds) {
    this.socket = socket;
    this.connection = connection;
    this.bounds = bounds;
  }

  /**
   * The next bytes; null at the end.
   *
   * @param beginsRequest whether the server waits for the first byte of a request
   * @throws RequestException where a request of HTTP/1.0 is none
   */
  byte @Nullable [] next(boolean beginsRequest) {
    byte[] bytes = received();
    if (!beginsRequest || bytes == null) {
      return bytes;
    }
    int lineEnd = lineEnd(bytes);
    while (lineEnd < 0 && bytes.length <= bounds.maxUrlBytes()) {
      byte[] more = received();
      if (more == null) {
        break; // the server says what is wrong with half a line
      }
      bytes = joined(bytes, more);
      lineEnd = lineEnd(bytes);
    }
    boolean old = lineEnd <= bounds.maxUrlBytes() && isOld(bytes, lineEnd);
    connection.speakHttp10(old);
    try {
      return old ? translated(bytes, lineEnd) : bytes;
    } catch (RequestException e) {
      connection.refuse(String.valueOf(e.getMessage())); // the server does not hand it on
      throw e;
    }
  }

  private byte @Nullable [] received() {
    if (ahead.length > 0) {
      byte[] bytes = ahead;
      ahead = NONE;
      connection.receive(bytes.length);
      return bytes;
    }
    byte[] bytes = socket.get();
    if (bytes != null) {
      connection.receive(bytes.length);
    }
    return bytes;
  }

  /** The place of the CR that ends the first line; negative where there is none, or no LF after. */
  private static int lineEnd(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i > 0 && bytes[i - 1] == '\r' ? i - 1 : 0; // a line that the server refuses
      }
    }
    return -1;
  }

  private static boolean isOld(byte[] bytes, int lineEnd) {
    int from = lineEnd - OLD.length;
    return from > 0 && Arrays.equals(bytes, from, lineEnd, OLD, 0, OLD.length);
  }

  private byte[] translated(byte[] begin, int lineEnd) {
    byte[] bytes = begin;
    int headEnd = headEnd(bytes, lineEnd);
    while (headEnd < 0) {
      if (bytes.length - lineEnd > bounds.maxHeaderBytes()) {
        throw refused("headers that are too large");
      }
      byte[] more = received();
      if (more == null) {
        throw refused("the end of the connection before that of the headers");
      }
      int from = Math.max(lineEnd, bytes.length - 3);
      bytes = joined(bytes, more);
      headEnd = headEnd(bytes, from);
    }
    OldHead head = OldHead.parse(new String(bytes, 0, headEnd, StandardCharsets.ISO_8859_1));
    int body = headEnd + 4;
    int bodyEnd = (int) Math.min(bytes.length, body + head.bodyLength());
    ahead = Arrays.copyOfRange(bytes, bodyEnd, bytes.length);
    return joined(head.translated(), Arrays.copyOfRange(bytes, body, bodyEnd));
  }

  /** The place of the empty line that ends a head, from its CRLF on; negative where none is yet. */
  private static int headEnd(byte[] bytes, int from) {
    for (int i = from; i + 3 < bytes.length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** The refusal of a request that is none, which ends the connection. */
  static RequestException refused(String found) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(Status.BAD_REQUEST_400)
        .setKeepAlive(false)
        .message("HTTP/1.0 with " + found)
        .build();
  }
}
