package io.fleetcompat.query.http;

import io.fleetcompat.query.json.JsonBytes;
import java.nio.charset.StandardCharsets;

/**
 * What goes back to the client.
 *
 * @param allow value of the header {@code Allow}; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
record Answer(int status, String contentType, byte[] body, String allow) {

  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  static Answer json(JsonBytes json) {
    return new Answer(200, JSON, json.toBytes(), "");
  }

  static Answer text(String contentType, String text) {
    return new Answer(200, contentType, text.getBytes(StandardCharsets.UTF_8), "");
  }

  static Answer problem(Problem problem, String allow) {
    return new Answer(problem.code().status(), PROBLEM, problem.json(), allow);
  }
}
