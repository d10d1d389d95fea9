package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Exclusion;
import io.fleetcompat.query.lookup.Exclusion.ByRule;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The member {@code excluded}: counts by reason, in order of the reasons' spelling. */
final class Exclusions {

  private static final JsonName EXCLUDED = JsonName.of("excluded");

  /** All reasons that there are, in the order of answers. */
  private static final List<Named> NAMES =
      Stream.<Exclusion>concat(
              Arrays.stream(RuleId.values()).map(ByRule::new), Arrays.stream(NotByRule.values()))
          .sorted(Comparator.comparing(Exclusions::spelling))
          .map(reason -> new Named(reason, JsonName.of(spelling(reason))))
          .toList();

  private record Named(Exclusion reason, JsonName name) {}

  private Exclusions() {}

  /** The name of a reason in answers. */
  static String spelling(Exclusion reason) {
    return switch (reason) {
      case ByRule(RuleId rule) -> rule.toString();
      case NotByRule other ->
          switch (other) {
            case OWN_HOST -> "own-host";
            case NO_CAPACITY -> "no-capacity";
            case NOT_COMPATIBLE -> "not-compatible";
            case NOT_EXAMINED -> "not-examined";
          };
    };
  }

  /** {@code excluded}. */
  static void write(JsonBytes json, Map<Exclusion, Long> counts) {
    json.name(EXCLUDED).open();
    for (Named named : NAMES) {
      Long count = counts.get(named.reason);
      if (count != null) {
        json.name(named.name).number(count);
      }
    }
    json.close();
  }
}
