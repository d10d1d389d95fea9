package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/** The words for values that are not there, or none that can be compared. */
final class Unjudgeable {

  private Unjudgeable() {}

  /** Why there is none; never of a value. */
  static Finding.State state(Parsed<?> none) {
    return switch (none) {
      case Parsed.Unreadable<?> _ -> Finding.State.UNREADABLE;
      case Parsed.Malformed<?> _ -> Finding.State.MALFORMED;
      case Parsed.Absent<?> _ -> Finding.State.ABSENT;
      case Parsed.Value<?> value -> throw found(value);
    };
  }

  /** To follow "is": {@code absent at the source}. */
  static String words(Parsed<?> none, Side at) {
    return switch (none) {
      case Parsed.Unreadable<?>(String errno) -> "unreadable " + at.place() + ": " + errno;
      case Parsed.Malformed<?>(String problem) -> "malformed " + at.place() + ": " + problem;
      case Parsed.Absent<?> _ -> "absent " + at.place();
      case Parsed.Value<?> value -> throw found(value);
    };
  }

  private static IllegalStateException found(Parsed.Value<?> value) {
    return new IllegalStateException("expected no value, found " + value);
  }
}
