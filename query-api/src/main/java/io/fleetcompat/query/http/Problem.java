package io.fleetcompat.query.http;

import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.query.answer.ProblemAnswer;
import io.fleetcompat.settings.Nearest;
import java.util.List;

/** An answer that says why there is none: RFC 9457. Thrown where a request cannot be answered. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Longest part of a request that a detail quotes, in characters. */
  private static final int MAX_QUOTED = 120;

  /** Most names that are told of those that one may mean. */
  private static final int MAX_MEANT = 8;

  /** Every code, with its status; the spelling is stable. */
  enum Code {
    BAD_REQUEST(400, "The request cannot be read"),
    UNKNOWN_PARAMETER(400, "A parameter is not known"),
    MISSING_PARAMETER(400, "A parameter is missing"),
    ENDPOINT_INVALID(400, "An endpoint is not spelled as endpoints are"),
    AMBIGUOUS(400, "A name may mean several things"),
    HOST_NOT_FOUND(404, "The host is not in the index"),
    ENDPOINT_NOT_FOUND(404, "The host has no such endpoint"),
    POOL_NOT_FOUND(404, "No host is in that pool"),
    OUTCOME_NOT_FOUND(404, "The outcome is not known"),
    PROFILE_NOT_FOUND(404, "The profile is not in the index"),
    TOO_MANY_PAIRS(413, "Too many pairs"),
    BODY_TOO_LARGE(413, "The body is too large"),
    URL_TOO_LONG(414, "The request line is too long"),
    TIME_TOO_OLD(410, "The past is not known so far back"),
    WATCH_TOO_OLD(410, "The changes are not kept so far back"),
    WATCH_TOO_SLOW(503, "The watcher did not keep up"),
    TOO_MUCH_AT_ONCE(429, "Too much is asked at once"),
    TOO_MANY_WATCHERS(503, "Too many watch already"),
    NO_HISTORY(501, "This replica keeps no history"),
    HISTORY_BEHIND(503, "The history is not there yet"),
    OUTCOMES_NOT_TAKEN(501, "This replica takes no outcomes"),
    OUTCOME_NOT_RECORDED(503, "Kafka has not taken the outcome"),
    NOT_READY(503, "The index is being read"),
    REVISION_NOT_REACHED(503, "The revision is not reached"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed"),
    NOT_FOUND(404, "There is nothing here"),
    HTTP_TOO_OLD(505, "HTTP/1.1 is needed for this"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is not JSON"),
    TIMEOUT(504, "The answer took too long"),
    INTERNAL(500, "The answer could not be made");

    private final int status;
    private final String title;

    Code(int status, String title) {
      this.status = status;
      this.title = title;
    }

    int status() {
      return status;
    }

    /** The spelling in {@code code}. */
    String spelling() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private final Code code;
  private final String detail;

  @SuppressWarnings("serial") // never written
  private final List<String> didYouMean;

  Problem(Code code, String detail) {
    this(code, detail, List.of());
  }

  private Problem(Code code, String detail, List<String> didYouMean) {
    super(detail, null, false, false);
    this.code = code;
    this.detail = detail;
    this.didYouMean = List.copyOf(didYouMean);
  }

  /**
   * A name that nothing has.
   *
   * @param likely names that may have been meant, most likely first
   */
  static Problem ofName(Code code, String detail, List<String> likely) {
    return new Problem(code, detail + Nearest.question(likely), likely);
  }

  /** A name that several things may have. */
  static Problem ambiguous(String what, String asked, List<String> meant) {
    List<String> named = meant.subList(0, Math.min(MAX_MEANT, meant.size()));
    int more = meant.size() - named.size();
    return new Problem(
        Code.AMBIGUOUS,
        "%sexpected a name that only one has, found %s, which may be %s%s"
            .formatted(
                what,
                quote(asked),
                String.join(" or ", named),
                more > 0 ? " or any of " + more + " more" : ""),
        named);
  }

  Code code() {
    return code;
  }

  /** A part of a request, bounded and in quotes. */
  static String quote(String text) {
    return Quoted.of(text, MAX_QUOTED);
  }

  /** A code's title. */
  static String title(Code code) {
    return code.title;
  }

  byte[] json() {
    return ProblemAnswer.of(code.spelling(), code.status, code.title, detail, didYouMean);
  }
}
