package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import java.util.Optional;

/** The findings of one facet's rules, in words. */
record Reasons(FacetId facet) {

  /** A rule that was judged and is satisfied. */
  Satisfied satisfied(
      RuleId rule, String attribute, Parsed<?> source, Parsed<?> destination, String detail) {
    return new Satisfied(rule, facet, attribute, shown(source), shown(destination), detail);
  }

  /** A rule that was judged and failed. */
  Failed failed(
      RuleId rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      String detail) {
    return new Failed(rule, facet, Optional.of(attribute), source, destination, detail);
  }

  /** A rule that could not be judged because of what one side, or both, say. */
  Unjudged unjudged(RuleId rule, String attribute, Parsed<?> source, Parsed<?> destination) {
    return unjudged(
        rule,
        attribute,
        shown(source),
        shown(destination),
        state(source, destination),
        problems(attribute, source, destination));
  }

  /** A rule that could not be judged, for a reason of its own. */
  Unjudged unjudged(
      RuleId rule,
      String attribute,
      Optional<String> source,
      Optional<String> destination,
      State state,
      String detail) {
    return new Unjudged(
        rule, Optional.of(facet), Optional.of(attribute), source, destination, state, detail);
  }

  /** The facet is at the source only. */
  Failed missing(RuleId rule) {
    return new Failed(
        rule,
        facet,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "the source has the interface " + facet + ", the destination has not");
  }

  /** The facet is at the source, and at devices of the destination type, if at all. */
  Unjudged notShownYet(RuleId rule) {
    return absent(
        rule,
        "the source device has the interface "
            + facet
            + "; whether the destination has it shows only once a device of that type exists");
  }

  /** The destination may have the facet by its type, and nobody knows that type. */
  Unjudged unseen(RuleId rule) {
    return absent(
        rule,
        "the source has the interface "
            + facet
            + "; whether the destination has it is not known, since its mdev_type leads to no"
            + " type");
  }

  private Unjudged absent(RuleId rule, String detail) {
    return new Unjudged(
        rule,
        Optional.of(facet),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        State.ABSENT,
        detail);
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

  /** The problem with it; empty where there is none. */
  static Optional<String> problem(Parsed<?> parsed) {
    return switch (parsed) {
      case Parsed.Unreadable<?>(String errno) -> Optional.of("is unreadable (" + errno + ")");
      case Parsed.Malformed<?>(String problem) -> Optional.of("is malformed: " + problem);
      case Parsed.Absent<?> absent -> Optional.of("is absent");
      case Parsed.Value<?> value -> Optional.empty();
    };
  }
}
