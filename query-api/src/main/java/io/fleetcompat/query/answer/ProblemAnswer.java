package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import java.util.List;

/** The answer that says why there is none: a problem of RFC 9457. */
public final class ProblemAnswer {

  private ProblemAnswer() {}

  /**
   * A problem.
   *
   * @param code the stable spelling of what is wrong
   * @param title what the code means
   * @param detail what was expected, what was found, and what to do
   * @param didYouMean names that may have been meant, most likely first
   */
  public static byte[] of(
      String code, int status, String title, String detail, List<String> didYouMean) {
    JsonBytes json = new JsonBytes().open();
    json.name("type").string("urn:fleetcompat:problem:" + code);
    json.name("title").string(title);
    json.name("status").number(status);
    json.name("detail").string(detail);
    json.name("code").string(code);
    if (!didYouMean.isEmpty()) {
      json.name("didYouMean").openArray();
      didYouMean.forEach(json::string);
      json.closeArray();
    }
    return json.close().toBytes();
  }
}
