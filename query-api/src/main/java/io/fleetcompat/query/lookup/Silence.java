package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.query.lookup.Sightings.Sighting;
import io.fleetcompat.query.replica.LastSeen.Vouching;
import io.fleetcompat.settings.Times;
import java.time.Duration;
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
    if (seen.vouching() == Vouching.CONFLICTING) {
      return "two documents with the version of the indexed one were sent under its name";
    }
    if (seen.behind() > 0) {
      return "it has sent a newer document, which has not been indexed for %s"
          .formatted(Times.print(Duration.ofMillis(seen.behind())));
    }
    return seen.vouching() == Vouching.UNVOUCHED
        ? "no heartbeat of it has named the document that is indexed"
        : "last heard of %d s ago".formatted(seen.age() / 1000);
  }
}
