package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.Basis;
import io.fleetcompat.query.json.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An answer that goes back to the client. */
sealed interface Response {

  String JSON = "application/json";
  String PROBLEM = "application/problem+json";

  int status();

  String contentType();

  /**
   * An answer that is there as a whole.
   *
   * @param length how many of the body's bytes go
   * @param headers others than those that every answer has, by name
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  record Whole(int status, String contentType, byte[] body, int length, Map<String, String> headers)
      implements Response {}

  /** An answer that is made while it is sent, and ends when its body does. */
  record Stream(String contentType, Body body) implements Response {
    @Override
    public int status() {
      return 200;
    }
  }

  /** The body of a stream: written once, or not, and then closed. */
  interface Body extends AutoCloseable {

    void writeTo(OutputStream out) throws IOException;

    @Override
    void close();
  }

  static Response json(JsonBytes json) {
    return json(200, json);
  }

  static Response json(int status, JsonBytes json) {
    return new Whole(status, JSON, json.buffer(), json.size(), Map.of());
  }

  /** An answer without ages: a caller who has it already is told so. */
  static Response tagged(JsonBytes json) {
    return new Whole(200, JSON, json.buffer(), json.size(), tag(json));
  }

  /** Likewise, of JSON that is always the same. */
  static Response tagged(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return new Whole(200, JSON, body, body.length, Map.of(EntityTag.HEADER, EntityTag.of(body)));
  }

  private static Map<String, String> tag(JsonBytes json) {
    return json.size() > Gzip.LEAST
        ? Map.of(
            EntityTag.HEADER,
            EntityTag.of(json.buffer(), json.changesFrom(), json.changesTo(), json.size()))
        : Map.of();
  }

  /**
   * An array of names: what other answers say beside their entries is in headers.
   *
   * @param total names of all pages
   * @param complete false where there may be more that nobody looked for
   * @param next the cursor of the next page
   */
  static Response names(
      JsonBytes names, Basis basis, long total, boolean complete, Optional<String> next) {
    Map<String, String> headers = new LinkedHashMap<>(tag(names));
    headers.put("Fleetcompat-Revision", String.valueOf(basis.revision()));
    if (basis.asOf() != 0) {
      headers.put("Fleetcompat-As-Of", Instant.ofEpochMilli(basis.asOf()).toString());
    }
    headers.put("Fleetcompat-Stale", String.valueOf(basis.stale()));
    headers.put("Fleetcompat-Total", String.valueOf(total));
    headers.put("Fleetcompat-Complete", String.valueOf(complete));
    next.ifPresent(cursor -> headers.put("Fleetcompat-Next", cursor));
    return new Whole(200, JSON, names.buffer(), names.size(), headers);
  }

  static Response text(String contentType, String text) {
    return of(200, contentType, text.getBytes(StandardCharsets.UTF_8), "");
  }

  static Response problem(Problem problem, String allow) {
    return of(problem.code().status(), PROBLEM, problem.json(), allow);
  }

  static Response of(int status, String contentType, byte[] body, String allow) {
    Map<String, String> headers = allow.isEmpty() ? Map.of() : Map.of("Allow", allow);
    return new Whole(status, contentType, body, body.length, headers);
  }
}
