package io.fleetcompat.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/**
 * One server-sent event.
 *
 * @param id to go on after it; empty where it has none
 */
record StreamedEvent(String name, Optional<String> id, JsonNode data) {

  /** Longest line of an event, in characters. */
  private static final int MAX_LINE = 16 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the next one; empty at the end.
   *
   * @throws IOException where it is none, too
   */
  static Optional<StreamedEvent> read(BufferedReader from) throws IOException {
    String name = "message";
    Optional<String> id = Optional.empty();
    StringBuilder data = new StringBuilder();
    for (Optional<String> line = line(from); line.isPresent(); line = line(from)) {
      String text = line.get();
      if (text.isEmpty()) {
        if (!data.isEmpty()) {
          return Optional.of(new StreamedEvent(name, id, JSON.readTree(data.toString())));
        }
      } else if (text.startsWith("id:")) {
        id = Optional.of(value(text, 3));
      } else if (text.startsWith("event:")) {
        name = value(text, 6);
      } else if (text.startsWith("data:")) {
        data.append(value(text, 5));
      } // else a comment, or a field of a later version
    }
    return Optional.empty();
  }

  private static String value(String line, int begin) {
    return line.startsWith(" ", begin) ? line.substring(begin + 1) : line.substring(begin);
  }

  private static Optional<String> line(BufferedReader from) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = from.read();
    while (c >= 0 && c != '\n') {
      if (line.length() == MAX_LINE) {
        throw new IOException("expected an event of at most " + MAX_LINE + " characters");
      }
      line.append((char) c);
      c = from.read();
    }
    return c < 0 ? Optional.empty() : Optional.of(line.toString().stripTrailing());
  }
}
