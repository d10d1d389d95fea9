package io.fleetcompat.compatibility.health;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import java.util.Comparator;
import java.util.Optional;

/**
 * A reason that keeps endpoints from moving: a rule with the values that it found.
 *
 * @param reason the first one that was found of those that say the same
 * @param frees the stranded endpoints with a destination that nothing but this keeps from them
 * @param strands the stranded endpoints that this keeps from the destination of their profile with
 *     the fewest reasons
 * @param sourceHosts how many hosts have endpoints that it strands or would free
 * @param destinationHosts how many hosts have the destinations
 */
public record Blocker(
    Reason reason,
    EndpointCounts frees,
    EndpointCounts strands,
    int sourceHosts,
    int destinationHosts) {

  /** UNKNOWN where it could not be judged: then what is missing would resolve it. */
  public Outcome outcome() {
    return reason instanceof Reason.Failed ? Outcome.INCOMPATIBLE : Outcome.UNKNOWN;
  }

  /** All by which reasons are told apart: equal ones say the same of whatever endpoints. */
  record Key(
      Outcome outcome,
      String rule,
      Optional<String> attribute,
      Optional<String> source,
      Optional<String> destination,
      String about)
      implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.<Key, Outcome>comparing(Key::outcome)
            .thenComparing(Key::rule)
            .thenComparing(key -> key.attribute.orElse(""))
            .thenComparing(key -> key.source.orElse(""))
            .thenComparing(key -> key.destination.orElse(""))
            .thenComparing(Key::about);

    static Key of(Reason reason) {
      // Which value is missing stands in the sentence of an UNKNOWN alone.
      return switch (reason) {
        case Reason.Failed failed -> key(Outcome.INCOMPATIBLE, failed, "");
        case Reason.Unjudged unjudged -> key(Outcome.UNKNOWN, unjudged, unjudged.detail());
      };
    }

    private static Key key(Outcome outcome, Reason reason, String about) {
      return new Key(
          outcome,
          reason.rule().toString(),
          reason.attribute(),
          reason.source(),
          reason.destination(),
          about);
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }
}
