package io.fleetcompat.oracle;

import io.fleetcompat.compatibility.pack.Condition;
import io.fleetcompat.compatibility.pack.Glob;
import io.fleetcompat.oracle.NaiveFacts.Fact;
import io.fleetcompat.oracle.NaiveFacts.State;
import java.util.List;
import java.util.Map;

/** The naive reading of the conditions of packs, at one endpoint. */
final class NaiveCondition {

  private NaiveCondition() {}

  /** THERE where all of it holds, MALFORMED where it does not, ABSENT where nobody can tell. */
  static State all(Condition condition, NaiveFacts endpoint) {
    State all = State.THERE;
    for (Map.Entry<String, List<Glob>> entry : condition.values().entrySet()) {
      Fact fact = endpoint.get(entry.getKey());
      if (fact.there() && !any(entry.getValue(), fact.text())) {
        return State.MALFORMED;
      }
      all = fact.there() ? all : State.ABSENT;
    }
    return all;
  }

  /** True where a text matches one of the patterns. */
  static boolean any(List<Glob> globs, String text) {
    return globs.stream().anyMatch(glob -> NaiveOperators.glob(glob.pattern(), text));
  }
}
