package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;
import java.util.Optional;

/** The findings about values that are not there. */
final class Unjudgeable {

  private Unjudgeable() {}

  /** Empty where both have a value; else the worse state, of the source where both are equal. */
  static Optional<Finding.Unjudged> ofBoth(Parsed<String> source, Parsed<String> destination) {
    Optional<Finding.Unjudged> first = of(source, Side.SOURCE);
    Optional<Finding.Unjudged> second = of(destination, Side.DESTINATION);
    if (first.isEmpty() || second.isEmpty()) {
      return first.or(() -> second);
    }
    if (first.get().state() == second.get().state()) {
      return Optional.of(
          new Finding.Unjudged(first.get().state(), Side.BOTH, detail(source, Side.BOTH)));
    }
    return first.get().state().compareTo(second.get().state()) < 0 ? first : second;
  }

  /** Empty where there is a value. */
  static Optional<Finding.Unjudged> of(Parsed<String> value, Side side) {
    return state(value).map(state -> new Finding.Unjudged(state, side, detail(value, side)));
  }

  static Finding.Unjudged malformed(Side side, UnfitException unfit) {
    return new Finding.Unjudged(
        Finding.State.MALFORMED, side, "malformed " + side.place() + ": " + unfit.problem());
  }

  static Optional<Finding.State> state(Parsed<String> value) {
    return switch (value) {
      case Parsed.Value<String> v -> Optional.empty();
      case Parsed.Unreadable<String> u -> Optional.of(Finding.State.UNREADABLE);
      case Parsed.Malformed<String> m -> Optional.of(Finding.State.MALFORMED);
      case Parsed.Absent<String> a -> Optional.of(Finding.State.ABSENT);
    };
  }

  private static String detail(Parsed<String> value, Side side) {
    return switch (value) {
      case Parsed.Value<String> v -> "there " + side.place();
      case Parsed.Unreadable<String>(String errno) -> "unreadable " + side.place() + ": " + errno;
      case Parsed.Malformed<String>(String problem) -> "malformed " + side.place() + ": " + problem;
      case Parsed.Absent<String> a -> "absent " + side.place();
    };
  }
}
