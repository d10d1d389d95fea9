package io.fleetcompat.cli.faults.visitors;

import java.util.List;

/**
 * Requests with another one hidden in them, where two readers of HTTP might not agree on where the
 * first one ends; and requests that are none. {@code HIDDEN} stands for the hidden one.
 */
final class Smuggled {

  private static final String HIDDEN = "HIDDEN";
  private static final String LENGTH = "LENGTH";

  private static final String POST =
      "POST /v1/check HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
  private static final String GET = "GET /v1/hosts?limit=1 HTTP/1.1\r\nHost: a\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  /** Each to be followed by another request. */
  private static final List<String> ALL =
      List.of(
          // a body by its length, and one by its chunks
          POST + "Content-Length: LENGTH\r\n\r\nHIDDEN",
          GET + "Content-Length: LENGTH\r\n\r\nHIDDEN",
          POST + CHUNKED + "\r\nHEXLEN\r\nHIDDEN\r\n0\r\n\r\n",
          // both lengths
          POST + "Content-Length: 4\r\n" + CHUNKED + "\r\n0\r\n\r\nHIDDEN",
          POST + CHUNKED + "Content-Length: LENGTH\r\n\r\n0\r\n\r\nHIDDEN",
          GET + "Content-Length: LENGTH\r\n" + CHUNKED + "\r\n0\r\n\r\nHIDDEN",
          // two lengths
          POST + "Content-Length: 0\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "Content-Length: LENGTH\r\nContent-Length: 0\r\n\r\nHIDDEN",
          POST + "Content-Length: 0, LENGTH\r\n\r\nHIDDEN",
          // lengths that are none
          POST + "Content-Length: -1\r\n\r\nHIDDEN",
          POST + "Content-Length: +LENGTH\r\n\r\nHIDDEN",
          POST + "Content-Length: 0x0\r\n\r\nHIDDEN",
          POST + "Content-Length: 99999999999999999999\r\n\r\nHIDDEN",
          POST + "Content-Length: 18446744073709551616\r\n\r\nHIDDEN",
          POST + "Content-Length: \r\n\r\nHIDDEN",
          POST + "Content-Length : LENGTH\r\n\r\nHIDDEN",
          POST + " Content-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "X: y\r\n Content-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "X: y\rContent-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "X: y\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          // encodings that are none
          POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\nHIDDEN",
          POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nHIDDEN",
          POST + "Transfer-Encoding: identity\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\nHIDDEN",
          POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\nHIDDEN",
          POST + CHUNKED + CHUNKED + "\r\n0\r\n\r\nHIDDEN",
          // chunks that are none
          POST + CHUNKED + "\r\nzz\r\nHIDDEN",
          POST + CHUNKED + "\r\n-1\r\nHIDDEN",
          POST + CHUNKED + "\r\n+5\r\nHIDDEN",
          POST + CHUNKED + "\r\n 5\r\nHIDDEN",
          POST + CHUNKED + "\r\n0x5\r\nHIDDEN",
          POST + CHUNKED + "\r\n\r\nHIDDEN",
          POST + CHUNKED + "\r\n100000000\r\nHIDDEN",
          POST + CHUNKED + "\r\nfffffffffffffffff\r\nHIDDEN",
          POST + CHUNKED + "\r\n2\r\n{}HIDDEN",
          POST + CHUNKED + "\r\n2\n{}\r\n0\r\n\r\nHIDDEN",
          POST + CHUNKED + "\r\n2;x=\n\r\n{}\r\n0\r\n\r\nHIDDEN",
          POST + CHUNKED + "\r\n2;x=\"HIDDEN\"\r\n{}\r\n0\r\n\r\n",
          POST + CHUNKED + "\r\n2\r\n{}\r\n0\r\nContent-Length: LENGTH\r\n\r\n",
          // heads that are none
          "G\u001bT /v1/hosts HTTP/1.1\r\nHost: a\r\n\r\nHIDDEN",
          "GET /v1/hosts\u0000 HTTP/1.1\r\nHost: a\r\n\r\nHIDDEN",
          "GET /v1/hosts HTTP/1.1\r\nHo\u001bst: a\r\n\r\nHIDDEN",
          "GET /v1/hosts HTTP/1.1\nHost: a\n\nHIDDEN",
          "GET  /v1/hosts HTTP/1.1\r\nHost: a\r\n\r\nHIDDEN",
          "GET /v1/hosts HTTP/1.1\r\nHost: a\r\nX\r\n\r\nHIDDEN",
          "GET /v1/hosts HTTP/9.9\r\nHost: a\r\n\r\nHIDDEN",
          "GET /v1/hosts\r\n\r\nHIDDEN",
          "\r\n\r\n\r\nGET /v1/hosts HTTP/1.0\r\nConnection: keep-alive\r\n\r\nHIDDEN",
          // those that end the connection
          GET + "Connection: close\r\n\r\nHIDDEN",
          "POST /v1/nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 90000000\r\n\r\nHIDDEN",
          // those that want another protocol
          GET + "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
          "CONNECT a:80 HTTP/1.1\r\nHost: a\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          "OPTIONS * HTTP/1.1\r\nHost: a\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          "TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          GET + "Expect: 100-continue\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "Expect: 100-continue\r\nContent-Length: LENGTH\r\n\r\nHIDDEN",
          "POST /v1/nothing HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
              + "Content-Length: LENGTH\r\n\r\nHIDDEN",
          POST + "Expect: 100-continue\r\n" + CHUNKED + "\r\n2\n{}\r\n0\r\n\r\nHIDDEN",
          POST + "Expect: something\r\nContent-Length: LENGTH\r\n\r\nHIDDEN");

  private Smuggled() {}

  static int count() {
    return ALL.size();
  }

  /** One of them, with this one hidden in it. */
  static String request(int index, String hidden) {
    return ALL.get(index)
        .replace(LENGTH, String.valueOf(hidden.length()))
        .replace("HEXLEN", Integer.toHexString(hidden.length()))
        .replace(HIDDEN, hidden);
  }
}
