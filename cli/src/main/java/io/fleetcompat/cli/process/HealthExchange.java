package io.fleetcompat.cli.process;

import io.fleetcompat.cli.process.HealthPages.Page;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One request to the health server and the answer to it: bytes in, bytes out. The head of the
 * request is bounded; a body is never looked at. One thread.
 */
final class HealthExchange {

  /** Most bytes of a request's head. */
  static final int MAX_HEAD = 8 << 10;

  private static final int FIRST_ROOM = 512;

  private final HealthPages pages;
  private byte[] head = new byte[FIRST_ROOM];
  private int size;

  HealthExchange(HealthPages pages) {
    this.pages = pages;
  }

  /** The answer, as soon as the head of the request has come; empty until then. */
  Optional<ByteBuffer> take(ByteBuffer bytes) {
    int from = Math.max(0, size - 3);
    int count = Math.min(bytes.remaining(), MAX_HEAD - size);
    if (size + count > head.length) {
      head = Arrays.copyOf(head, Math.min(MAX_HEAD, Math.max(2 * head.length, size + count)));
    }
    bytes.get(head, size, count);
    size += count;
    if (ends(from)) {
      return Optional.of(answer());
    }
    return size < MAX_HEAD
        ? Optional.empty()
        : Optional.of(bad(431, "expected a head of at most " + MAX_HEAD + " bytes\n"));
  }

  /** True where an empty line is in the head, looked for from a place on. */
  private boolean ends(int from) {
    for (int i = Math.max(1, from); i < size; i++) {
      boolean emptyLine = head[i - 1] == '\n' || (i >= 3 && isCrLfCr(i - 3));
      if (head[i] == '\n' && emptyLine) {
        return true;
      }
    }
    return false;
  }

  private boolean isCrLfCr(int at) {
    return head[at] == '\r' && head[at + 1] == '\n' && head[at + 2] == '\r';
  }

  private ByteBuffer answer() {
    String text = new String(head, 0, size, StandardCharsets.ISO_8859_1);
    String[] line = text.substring(0, text.indexOf('\n')).stripTrailing().split(" ", -1);
    if (line.length != 3 || !line[1].startsWith("/") || !line[2].matches("HTTP/1\\.[0-9]")) {
      return bad(400, "expected METHOD /PATH HTTP/1.1\n");
    }
    boolean bodyless = line[0].equals("HEAD");
    if (!bodyless && !line[0].equals("GET")) {
      return bad(405, "expected GET or HEAD\n");
    }
    return written(pages.find(line[1].split("\\?", 2)[0]), bodyless);
  }

  private static ByteBuffer bad(int status, String text) {
    return written(new Page(status, text), false);
  }

  private static ByteBuffer written(Page page, boolean bodyless) {
    byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("HTTP/1.1 "
                + page.status()
                + ' '
                + reason(page.status())
                + "\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: "
                + body.length
                + (page.status() == 405 ? "\r\nAllow: GET, HEAD" : "")
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer answer = ByteBuffer.allocate(head.length + (bodyless ? 0 : body.length)).put(head);
    if (!bodyless) {
      answer.put(body);
    }
    return answer.flip();
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 431 -> "Request Header Fields Too Large";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }
}
