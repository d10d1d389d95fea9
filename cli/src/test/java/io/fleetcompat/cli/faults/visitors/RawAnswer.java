package io.fleetcompat.cli.faults.visitors;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer of HTTP/1.1 as it stands on the wire.
 *
 * @param body in ISO 8859-1
 */
record RawAnswer(int status, String body) {

  private static final int FINAL = 200;
  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) .*", Pattern.DOTALL);
  private static final Pattern LENGTH =
      Pattern.compile("(?i)\\r\\nContent-Length: *(\\d{1,7})\\r\\n");
  private static final Pattern CHUNKED =
      Pattern.compile("(?i)\\r\\nTransfer-Encoding: *chunked\\r\\n");

  /** The next one that is final; empty where the connection has ended before it. */
  static Optional<RawAnswer> read(PushbackInputStream in) throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    in.unread(first);
    String head = until(in, "\r\n\r\n");
    Matcher status = STATUS.matcher(head);
    if (!status.matches()) {
      throw new IOException("expected an answer, found '" + head + "'");
    }
    int code = Integer.parseInt(status.group(1));
    return code < FINAL ? read(in) : Optional.of(new RawAnswer(code, body(in, head)));
  }

  private static String body(InputStream in, String head) throws IOException {
    Matcher length = LENGTH.matcher(head);
    if (length.find()) {
      return text(in, Integer.parseInt(length.group(1)));
    }
    return CHUNKED.matcher(head).find() ? chunks(in) : "";
  }

  private static String chunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = chunkSize(until(in, "\r\n").strip());
      body.append(text(in, size));
      until(in, "\r\n");
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private static int chunkSize(String text) throws IOException {
    try {
      return Integer.parseInt(text, 16);
    } catch (NumberFormatException e) {
      throw new IOException("expected the size of a chunk, found '" + text + "'", e);
    }
  }

  private static String text(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("expected " + length + " bytes, found " + bytes.length);
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String until(InputStream in, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < end.length() || text.indexOf(end, text.length() - end.length()) < 0) {
      int next = in.read();
      if (next < 0 || text.length() == MOST_BYTES) {
        throw new EOFException("expected '" + end.strip() + "' at the end of '" + text + "'");
      }
      text.append((char) next);
    }
    return text.toString();
  }
}
