package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.State;
import io.fleetcompat.compatibility.facet.Pattern;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.facet.ValuePattern;
import io.fleetcompat.compatibility.judge.Reason.Failed;
import io.fleetcompat.compatibility.judge.Reason.Unjudged;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * The findings of the rule {@code self-compatible}, in words.
 *
 * @param words those of the facet
 * @param reversed whether it is the destination's self that the source does not accept
 */
record SelfReasons(Reasons words, boolean reversed) {

  /** Most accepted values that a reason shows. */
  private static final int MAX_SHOWN = 8;

  /** A pattern of the list accepts a self. */
  Satisfied accepted(SortedMap<String, String> self, int matching, int patterns) {
    Parsed<String> spelled =
        new Parsed.Value<>(
            self.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", ")));
    Parsed<String> pattern = new Parsed.Value<>("pattern " + matching + " of " + patterns);
    return words.satisfied(
        FixedRule.SELF_COMPATIBLE,
        SelfCompatible.SELF,
        reversed ? pattern : spelled,
        reversed ? spelled : pattern,
        reversed
            ? "the source's compatible list accepts the destination's self"
            : "the destination's compatible list accepts the source's self");
  }

  /** A part that is needed of a side is unreadable, malformed, absent or empty. */
  Unjudged unusable(Parsed<?> self, Parsed<?> patterns) {
    boolean emptySelf = self instanceof Parsed.Value<?>(List<?> selves) && selves.isEmpty();
    Parsed<?> usedSelf = emptySelf ? new Parsed.Absent<>() : self;
    State state = Reasons.state(usedSelf, patterns);
    boolean ofSelf =
        !(usedSelf instanceof Parsed.Value)
            && Reasons.state(usedSelf, new Parsed.Absent<>()) == state;
    String attribute = ofSelf ? SelfCompatible.SELF : SelfCompatible.COMPATIBLE;
    String detail =
        Reasons.problem(usedSelf)
            .map(problem -> self() + " self " + problem)
            .map(text -> text + Reasons.problem(patterns).map(p -> "; " + list(p)).orElse(""))
            .or(() -> Reasons.problem(patterns).map(this::list))
            .orElseThrow();
    return unjudged(attribute, state, detail);
  }

  /** The search was given up. */
  Unjudged tooComplex() {
    return unjudged(
        SelfCompatible.COMPATIBLE,
        State.MALFORMED,
        list(
            "is too complex: more than "
                + SearchBudget.MAX_STEPS
                + " steps or "
                + SearchBudget.MAX_COMPARISONS
                + " comparisons to decide"));
  }

  /** One reason for each failing attribute of the closest pattern; the first of equally close. */
  List<Failed> mismatch(SortedMap<String, String> self, List<Pattern> patterns) {
    if (patterns.isEmpty()) {
      return List.of(
          failed(
              SelfCompatible.COMPATIBLE,
              Optional.empty(),
              Optional.empty(),
              "is empty: it accepts nothing"));
    }
    SearchBudget budget = new SearchBudget();
    int closest = 0;
    List<String> fewest = PatternSearch.failing(patterns.getFirst(), self, budget);
    for (int i = 1; i < patterns.size(); i++) {
      List<String> failing = PatternSearch.failing(patterns.get(i), self, budget);
      if (failing.size() < fewest.size()) {
        closest = i;
        fewest = failing;
      }
    }
    String which = "pattern " + (closest + 1) + " of " + patterns.size();
    Pattern pattern = patterns.get(closest);
    return fewest.stream().map(attribute -> failed(which, pattern, attribute, self)).toList();
  }

  private Failed failed(
      String which, Pattern pattern, String attribute, SortedMap<String, String> self) {
    Optional<String> value = Optional.ofNullable(self.get(attribute));
    Optional<String> wanted =
        Optional.ofNullable(pattern.attributes().get(attribute)).map(SelfReasons::spell);
    String found = value.map(v -> "'" + v + "'").orElse("no such attribute");
    String detail =
        wanted
            .map(w -> "the closest, " + which + ", wants '" + w + "', found " + found)
            .orElse("the closest, " + which + ", does not name this attribute");
    return reversed
        ? failed(attribute, wanted, value, detail)
        : failed(attribute, value, wanted, detail);
  }

  private static String spell(List<ValuePattern> accepted) {
    String shown =
        accepted.stream()
            .limit(MAX_SHOWN)
            .map(ValuePattern::toString)
            .collect(Collectors.joining(" | "));
    return accepted.size() > MAX_SHOWN ? shown + " | …" : shown;
  }

  private String self() {
    return reversed ? "destination" : "source";
  }

  private String list(String says) {
    return (reversed ? "source" : "destination") + " compatible list: " + says;
  }

  private Failed failed(
      String attribute, Optional<String> source, Optional<String> destination, String says) {
    return words.failed(FixedRule.SELF_COMPATIBLE, attribute, source, destination, list(says));
  }

  private Unjudged unjudged(String attribute, State state, String detail) {
    return words.unjudged(
        FixedRule.SELF_COMPATIBLE, attribute, Optional.empty(), Optional.empty(), state, detail);
  }
}
