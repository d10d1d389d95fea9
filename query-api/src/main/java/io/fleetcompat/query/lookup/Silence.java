package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import java.util.ArrayList;
import java.util.List;

/**
 * The silence of a pair's hosts: a verdict other than INCOMPATIBLE becomes UNKNOWN, with a reason
 * for each host that has fallen silent.
 */
record Silence(
    IndexedEndpoint source, Sighting sourceSeen, IndexedEndpoint destination, Sighting seen) {

  /** True where it changes verdicts with this outcome. */
  boolean changes(Outcome outcome) {
    return outcome != Outcome.INCOMPATIBLE && !(sourceSeen.isFresh() && seen.isFresh());
  }

  /** The verdict that a verdict becomes which it changes. */
  Verdict changed(Verdict verdict) {
    List<Reason> reasons = new ArrayList<>(verdict.reasons());
    if (!sourceSeen.isFresh()) {
      reasons.add(reason("source", source.hostName(), sourceSeen));
    }
    if (!seen.isFresh()) {
      reasons.add(reason("destination", destination.hostName(), seen));
    }
    return verdict.with(Outcome.UNKNOWN, reasons);
  }

  private static Reason reason(String side, String host, Sighting seen) {
    return Reason.Unjudged.absent(
        FixedRule.HOST_STALE,
        "the %s host %s is %s: %s".formatted(side, host, seen.liveness(), words(seen)));
  }

  private static String words(Sighting seen) {
    if (seen.lastSeen() == Sightings.NOT_KNOWN) {
      return "it was not heard of at that time";
    }
    return seen.behind() > 0
        ? "it has sent a newer document, which has not been indexed for %d s"
            .formatted(seen.behind() / 1000)
        : "last heard of %d s ago".formatted(seen.age() / 1000);
  }
}
