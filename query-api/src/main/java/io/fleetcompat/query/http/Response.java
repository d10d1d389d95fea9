package io.fleetcompat.query.http;

import io.fleetcompat.query.json.JsonBytes;
import java.nio.charset.StandardCharsets;

/**
 * An answer that goes back to the client.
 *
 * @param length how many of the body's bytes go
 * @param allow value of the header {@code Allow}; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
record Response(int status, String contentType, byte[] body, int length, String allow) {

  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  static Response json(JsonBytes json) {
    return json(200, json);
  }

  static Response json(int status, JsonBytes json) {
    return new Response(status, JSON, json.buffer(), json.size(), "");
  }

  static Response text(String contentType, String text) {
    return of(200, contentType, text.getBytes(StandardCharsets.UTF_8), "");
  }

  static Response problem(Problem problem, String allow) {
    return of(problem.code().status(), PROBLEM, problem.json(), allow);
  }

  static Response of(int status, String contentType, byte[] body, String allow) {
    return new Response(status, contentType, body, body.length, allow);
  }
}
