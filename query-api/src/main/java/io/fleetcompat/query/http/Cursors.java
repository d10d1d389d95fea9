package io.fleetcompat.query.http;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.history.ChangePosition;
import io.fleetcompat.query.http.ChangesRoute.ChangesCursor;
import io.fleetcompat.query.http.Problem.Code;
import io.fleetcompat.query.lookup.Cursor;
import io.fleetcompat.query.lookup.CursorText;
import io.fleetcompat.query.lookup.Profiles.Position;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The cursors of requests: the end of a page, spelled so that nobody takes it for something else,
 * and a problem where no answer gave it.
 */
final class Cursors {

  private static final String HOSTS = "hosts-1\n";
  private static final String PROFILES = "profiles-1\n";
  private static final String OVERRIDES = "overrides-1\n";

  private static final String CHANGES = "changes-1\n";

  private Cursors() {}

  /** The end of a page of hosts: the last host's name. */
  static String ofHost(String lastHost) {
    return CursorText.encode(HOSTS + lastHost);
  }

  /** The last host's name. */
  static String host(String text) {
    return parse(text, given -> content(given, HOSTS));
  }

  /** The end of a page of profiles, or of their rows: the last profile's number and identity. */
  static String ofProfile(Position last) {
    return CursorText.encode(PROFILES + last.number() + "\n" + last.id());
  }

  static Position profile(String text) {
    return parse(text, given -> position(content(given, PROFILES)));
  }

  private static Position position(String content) {
    String[] parts = content.split("\n", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("expected a number and a profile, found " + content);
    }
    return new Position(Integer.parseInt(parts[0]), Fingerprint.parse(parts[1]));
  }

  /** The end of a page of overrides: the last one's id. */
  static String ofOverride(String last) {
    return CursorText.encode(OVERRIDES + last);
  }

  /** The last override's id. */
  static String override(String text) {
    return parse(text, given -> content(given, OVERRIDES));
  }

  /** The end of a page of changes. */
  static String ofChanges(ChangesCursor end) {
    ChangePosition last = end.last();
    return CursorText.encode(
        CHANGES
            + String.join(
                "\n",
                Stream.of(end.since(), end.until(), last.at(), last.partition(), last.offset())
                    .map(String::valueOf)
                    .toList()));
  }

  static ChangesCursor changes(String text) {
    return parse(text, given -> changesCursor(content(given, CHANGES)));
  }

  private static ChangesCursor changesCursor(String content) {
    String[] parts = content.split("\n", -1);
    if (parts.length != 5) {
      throw new IllegalArgumentException("expected five numbers, found " + content);
    }
    return new ChangesCursor(
        Long.parseLong(parts[0]),
        Long.parseLong(parts[1]),
        new ChangePosition(
            Long.parseLong(parts[2]), Integer.parseInt(parts[3]), Long.parseLong(parts[4])));
  }

  /** The end of a page of destinations. */
  static Cursor destination(String text) {
    return parse(text, Cursor::parse);
  }

  private static String content(String text, String kind) {
    String content = CursorText.decode(text);
    if (!content.startsWith(kind)) {
      throw new IllegalArgumentException("expected a cursor of another kind of page");
    }
    return content.substring(kind.length());
  }

  private static <T> T parse(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(
          Code.BAD_REQUEST,
          "cursor: expected what 'next' of an answer said, found "
              + Problem.quote(text)
              + "; ask without cursor to begin again");
    }
  }
}
