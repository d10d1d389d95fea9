package io.fleetcompat.cli.faults.visitors;

import java.nio.charset.StandardCharsets;

/** The bytes of requests, whole and half. */
public final class Questions {

  private static final String POST =
      "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

  private Questions() {}

  /** A request for the verdicts of so many pairs. */
  public static byte[] pairs(int count) {
    String pair = "{\"source\":\"host/device\",\"destination\":\"host/device\"}";
    String body = "{\"pairs\":[" + (pair + ",").repeat(count - 1) + pair + "]}";
    return bytes(POST + "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  /** Nothing at all. */
  public static byte[] nothing() {
    return new byte[0];
  }

  /** The first half of a head. */
  public static byte[] halfHead() {
    return bytes("GET /v1/hosts HTTP/1.1\r\nHost: a\r\nX-Half");
  }

  /** A head, and the first byte of the body that it announces. */
  public static byte[] halfBody() {
    return bytes(POST + "Content-Length: 1000\r\n\r\n{");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
