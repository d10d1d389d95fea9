package io.fleetcompat.query.answer;

import io.fleetcompat.compatibility.judge.RuleId;
import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.json.JsonName;
import io.fleetcompat.query.lookup.Exclusion;
import io.fleetcompat.query.lookup.Exclusion.ByRule;
import io.fleetcompat.query.lookup.Exclusion.NotByRule;
import java.util.Comparator;
import java.util.Map;

/** The member {@code excluded}: counts by reason, in order of the reasons' spelling. */
final class Exclusions {

  private static final JsonName EXCLUDED = JsonName.of("excluded");

  private static final Comparator<Exclusion> BY_SPELLING =
      Comparator.comparing(Exclusions::spelling);

  private Exclusions() {}

  /** The name of a reason in answers. */
  static String spelling(Exclusion reason) {
    return switch (reason) {
      case ByRule(RuleId rule) -> rule.toString();
      case NotByRule other ->
          switch (other) {
            case OWN_HOST -> "own-host";
            case NO_CAPACITY -> "no-capacity";
            case OTHER_TYPE -> "other-type";
            case NOT_COMPATIBLE -> "not-compatible";
            case NO_P2P -> "no-p2p";
            case NOT_EXAMINED -> "not-examined";
          };
    };
  }

  /** {@code excluded}. */
  static void write(JsonBytes json, Map<Exclusion, Long> counts) {
    json.name(EXCLUDED).open();
    counts.keySet().stream()
        .sorted(BY_SPELLING)
        .forEach(reason -> json.name(spelling(reason)).number(counts.getOrDefault(reason, 0L)));
    json.close();
  }
}
