package io.fleetcompat.compatibility.override;

import java.util.Arrays;
import java.util.Optional;

/**
 * The pairs that an override is about: those whose sides both selectors name.
 *
 * @param kind of what the selectors name, at both sides
 * @param source names the source
 * @param destination names the destination
 */
public record OverrideScope(Kind kind, String source, String destination) {

  /** The kinds of names by which a side is selected. */
  public enum Kind {
    /** A profile's fingerprint in hexadecimal. */
    PROFILE("profile"),
    /** The name of the driver that holds the endpoint, or its parent. */
    DRIVER("driver"),
    /** The pool of the host. */
    POOL("pool");

    private final String spelling;

    Kind(String spelling) {
      this.spelling = spelling;
    }

    /** The kind of that spelling. */
    public static Optional<Kind> of(String spelling) {
      return Arrays.stream(values()).filter(kind -> kind.spelling.equals(spelling)).findFirst();
    }

    @Override
    public String toString() {
      return spelling;
    }
  }

  @Override
  public String toString() {
    return kind + " " + source + " -> " + destination;
  }
}
