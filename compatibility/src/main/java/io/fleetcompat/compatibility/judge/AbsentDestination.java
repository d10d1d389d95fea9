package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import java.util.List;
import java.util.Optional;

/** The verdicts on destinations that have no endpoint to judge. Pure. */
public final class AbsentDestination {

  private AbsentDestination() {}

  /**
   * INCOMPATIBLE: what was looked at whole does not offer it.
   *
   * @param wanted what the source's type is called
   * @param words what is offered instead
   */
  public static Verdict notOffered(FixedRule rule, Optional<String> wanted, String words) {
    Reason reason =
        new Reason.Failed(
            rule, FacetId.VENDOR_RULES, Optional.empty(), wanted, Optional.empty(), words);
    return new Verdict(Outcome.INCOMPATIBLE, List.of(reason), List.of(), List.of());
  }

  /** UNKNOWN: it may be there all the same. */
  public static Verdict unknown(String why) {
    Reason reason = Reason.Unjudged.absent(FixedRule.NOT_INDEXED, why);
    return new Verdict(Outcome.UNKNOWN, List.of(reason), List.of(), List.of());
  }
}
