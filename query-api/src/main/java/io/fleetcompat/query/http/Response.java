package io.fleetcompat.query.http;

import io.fleetcompat.query.json.JsonBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

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
   * @param allow value of the header {@code Allow}; empty for none
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never changed
  record Whole(int status, String contentType, byte[] body, int length, String allow)
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
    return new Whole(status, JSON, json.buffer(), json.size(), "");
  }

  static Response text(String contentType, String text) {
    return of(200, contentType, text.getBytes(StandardCharsets.UTF_8), "");
  }

  static Response problem(Problem problem, String allow) {
    return of(problem.code().status(), PROBLEM, problem.json(), allow);
  }

  static Response of(int status, String contentType, byte[] body, String allow) {
    return new Whole(status, contentType, body, body.length, allow);
  }
}
