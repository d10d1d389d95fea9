package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.judge.Verdict.Reason;
import io.fleetcompat.compatibility.judge.Verdict.State;
import java.util.Optional;

/** How the reasons of one facet's rules are put into words. */
record Reasons(FacetId facet) {

  /** A rule that was judged and failed. */
  Reason failed(
      String rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail) {
    return new Reason(
        rule,
        Optional.of(facet.toString()),
        Optional.of(attribute),
        source,
        destination,
        Optional.empty(),
        detail);
  }

  /** A rule that could not be judged because of what one side, or both, say. */
  Reason unjudged(String rule, String attribute, Parsed<?> source, Parsed<?> destination) {
    State state = state(source, destination);
    return new Reason(
        rule,
        Optional.of(facet.toString()),
        Optional.of(attribute),
        shown(source),
        shown(destination),
        Optional.of(state),
        problems(attribute, source, destination));
  }

  /** The facet is at the source only. */
  static Reason missing(FacetId facet, String rule, boolean showsOnceCreated) {
    String detail =
        showsOnceCreated
            ? "the source device has the interface "
                + facet
                + "; whether the destination has it shows only once a device of that type exists"
            : "the source has the interface " + facet + ", the destination has not";
    return new Reason(
        rule,
        Optional.of(facet.toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        showsOnceCreated ? Optional.of(State.ABSENT) : Optional.empty(),
        detail);
  }

  /** The destination may have the facet by its type, and nobody knows that type. */
  static Reason unseen(FacetId facet, String rule) {
    return new Reason(
        rule,
        Optional.of(facet.toString()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(State.ABSENT),
        "the source has the interface "
            + facet
            + "; whether the destination has it is not known, since its mdev_type leads to no"
            + " type");
  }

  /** One state for two sides: unreadable before malformed before absent. */
  static State state(Parsed<?> source, Parsed<?> destination) {
    State first = state(source);
    State second = state(destination);
    return first.compareTo(second) <= 0 ? first : second;
  }

  /** A value counts as absent here: it is never worse than the other side. */
  private static State state(Parsed<?> parsed) {
    return switch (parsed) {
      case Parsed.Unreadable<?> unreadable -> State.UNREADABLE;
      case Parsed.Malformed<?> malformed -> State.MALFORMED;
      case Parsed.Absent<?> absent -> State.ABSENT;
      case Parsed.Value<?> value -> State.ABSENT;
    };
  }

  /** A value in normal form; empty where there is none. */
  static Optional<String> shown(Parsed<?> parsed) {
    return parsed instanceof Parsed.Value<?>(Object value)
        ? Optional.of(value.toString())
        : Optional.empty();
  }

  private static String problems(String attribute, Parsed<?> source, Parsed<?> destination) {
    Optional<String> first = problem(source).map(p -> "source " + attribute + " " + p);
    Optional<String> second = problem(destination).map(p -> "destination " + attribute + " " + p);
    return first.map(f -> second.map(s -> f + "; " + s).orElse(f)).or(() -> second).orElseThrow();
  }

  /** What is wrong with it; empty where nothing is. */
  static Optional<String> problem(Parsed<?> parsed) {
    return switch (parsed) {
      case Parsed.Unreadable<?>(String errno) -> Optional.of("is unreadable (" + errno + ")");
      case Parsed.Malformed<?>(String problem) -> Optional.of("is malformed: " + problem);
      case Parsed.Absent<?> absent -> Optional.of("is absent");
      case Parsed.Value<?> value -> Optional.empty();
    };
  }
}
