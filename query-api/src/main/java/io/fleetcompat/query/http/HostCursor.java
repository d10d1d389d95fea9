package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.CursorText;

/** The end of a page of hosts: the last host's name, spelled so that nobody takes it for a name. */
final class HostCursor {

  private static final String VERSION = "hosts-1\n";

  private HostCursor() {}

  static String encode(String lastHost) {
    return CursorText.encode(VERSION + lastHost);
  }

  /** The last host's name. */
  static String parse(String text) {
    String content;
    try {
      content = CursorText.decode(text);
    } catch (IllegalArgumentException e) {
      throw bad(text);
    }
    if (!content.startsWith(VERSION)) {
      throw bad(text);
    }
    return content.substring(VERSION.length());
  }

  /** The problem with a cursor that no answer gave. */
  static Problem bad(String text) {
    return new Problem(
        Code.BAD_REQUEST,
        "cursor: expected what 'next' of an answer said, found "
            + Problem.quote(text)
            + "; ask without cursor to begin again");
  }
}
