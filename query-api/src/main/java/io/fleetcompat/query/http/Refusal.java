package io.fleetcompat.query.http;

import io.fleetcompat.query.answer.ProblemAnswer;
import io.fleetcompat.query.http.Problem.Code;
import java.util.List;

/** The answers to requests that the server itself refuses, before there is a route. */
final class Refusal {

  private final HttpBounds bounds;

  Refusal(HttpBounds bounds) {
    this.bounds = bounds;
  }

  /**
   * The problem for a status of the server's, as JSON.
   *
   * @param found what the server says was wrong
   */
  byte[] problem(int status, String found) {
    Code code = code(status);
    return ProblemAnswer.of(
        code.spelling(), status, Problem.title(code), detail(code, found), List.of());
  }

  private static Code code(int status) {
    return switch (status) {
      case 413 -> Code.BODY_TOO_LARGE;
      case 414 -> Code.URL_TOO_LONG;
      case 429 -> Code.TOO_MUCH_AT_ONCE;
      case 500 -> Code.INTERNAL;
      default -> Code.BAD_REQUEST; // 501 and 505, too: what HTTP/1.1 lets us refuse
    };
  }

  private String detail(Code code, String found) {
    return switch (code) {
      case BODY_TOO_LARGE ->
          "expected a body of at most " + bounds.maxBodyBytes() + " bytes; ask in parts";
      case URL_TOO_LONG ->
          "expected a request line of at most "
              + bounds.maxUrlBytes()
              + " bytes; ask POST /v1/check or POST /v1/destinations, which take a body";
      case TOO_MUCH_AT_ONCE -> RequestMemory.TOO_MUCH;
      case INTERNAL -> "expected an answer, found a mistake of ours; the server's log says more";
      default ->
          "expected HTTP/1.1 or 1.0 with a request line of at most %d bytes, headers of at most %d and"
                  .formatted(bounds.maxUrlBytes(), bounds.maxHeaderBytes())
              + " '%' only before two hexadecimal digits; correct it, or send fewer headers;"
              + " found "
              + Problem.quote(found);
    };
  }
}
