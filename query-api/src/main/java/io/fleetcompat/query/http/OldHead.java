package io.fleetcompat.query.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The head of a request of HTTP/1.0, as HTTP/1.1 has it: the connection ends after the answer
 * unless the caller asked for more, a host is named, and what HTTP/1.0 does not have is left out.
 * Where two readers could find the end of the request in two places it is refused (RFC 9112,
 * sections 6.1 and 6.3).
 *
 * @param translated the same head in HTTP/1.1, with the empty line after it
 * @param bodyLength bytes of the body that follows
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never changed
record OldHead(byte[] translated, long bodyLength) {

  /** Headers that mean nothing in HTTP/1.0 (RFC 9110, sections 7.8 and 10.1.1). */
  private static final Set<String> LEFT_OUT = Set.of("expect", "te", "upgrade");

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /**
   * Translates a head.
   *
   * @param head without the empty line at its end; one character for each byte
   * @throws io.helidon.http.RequestException where it is none
   */
  static OldHead parse(String head) {
    String[] lines = head.split("\r\n", -1);
    String first = line(lines[0]);
    StringBuilder out = new StringBuilder(head.length() + 64);
    out.append(first, 0, first.length() - 1).append("1\r\n");
    Set<String> seen = new HashSet<>();
    Set<String> options = new HashSet<>();
    long length = 0;
    for (int i = 1; i < lines.length; i++) {
      String line = line(lines[i]);
      String name = name(line);
      String value = line.substring(name.length() + 1).strip();
      String lower = name.toLowerCase(Locale.ROOT);
      switch (lower) {
        case "transfer-encoding" ->
            throw RequestReader.refused("Transfer-Encoding, which only HTTP/1.1 has");
        case "connection" ->
            Arrays.stream(value.split(",", -1))
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .forEach(options::add);
        case "content-length" -> {
          length = length(value, seen);
          out.append(line).append("\r\n");
        }
        default -> {
          if (!LEFT_OUT.contains(lower)) {
            seen.add(lower);
            out.append(line).append("\r\n");
          }
        }
      }
    }
    if (!seen.contains("host")) {
      out.append("Host: localhost\r\n");
    }
    boolean stays = options.contains("keep-alive") && !options.contains("close");
    out.append("Connection: ").append(stays ? "keep-alive" : "close").append("\r\n\r\n");
    return new OldHead(out.toString().getBytes(StandardCharsets.ISO_8859_1), length);
  }

  /** The line, which is one to every reader. */
  private static String line(String line) {
    if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0) {
      throw RequestReader.refused("a CR, an LF or a NUL within a line");
    }
    return line;
  }

  private static String name(String line) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon);
    if (colon < 0 || !NAME.matcher(name).matches()) {
      throw RequestReader.refused("the header " + Problem.quote(name));
    }
    return name;
  }

  private static long length(String value, Set<String> seen) {
    if (!LENGTH.matcher(value).matches()) {
      throw RequestReader.refused("Content-Length " + Problem.quote(value));
    }
    if (!seen.add("content-length")) {
      throw RequestReader.refused("Content-Length twice");
    }
    return Long.parseLong(value);
  }
}
