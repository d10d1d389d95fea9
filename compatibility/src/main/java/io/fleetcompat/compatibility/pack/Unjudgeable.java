package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.Comparator;

/** The words for values that are not there, or none that can be compared. */
final class Unjudgeable {

  /** Malformed before unreadable, since it alone never counts as missing (docs/rules.md 7). */
  static final Comparator<Parsed.State> WORST_FIRST =
      Comparator.comparing((Parsed.State state) -> state != Parsed.State.MALFORMED)
          .thenComparing(Comparator.naturalOrder());

  private Unjudgeable() {}

  /** The cause that there is none; never of a value. */
  static Parsed.State state(Parsed<?> none) {
    return switch (none) {
      case Parsed.Unreadable<?> _ -> Parsed.State.UNREADABLE;
      case Parsed.Malformed<?> _ -> Parsed.State.MALFORMED;
      case Parsed.Absent<?> _ -> Parsed.State.ABSENT;
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
