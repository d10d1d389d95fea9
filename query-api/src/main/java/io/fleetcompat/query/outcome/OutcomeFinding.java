package io.fleetcompat.query.outcome;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two profiles of which outcomes say that the index was wrong, or did not know.
 *
 * @param truth WRONG or UNDECIDED
 * @param succeeded outcomes of the pair under that answer, by result; those with another cause are
 *     not among them
 * @param first when the first of those was recorded that make it a finding, milliseconds since 1970
 * @param last likewise
 * @param examples of those, the newest first
 * @param sourceContent the profile's canonical form; empty where it is not kept
 * @param destinationContent likewise
 */
public record OutcomeFinding(
    ProfilePair pair,
    Truth truth,
    long succeeded,
    long refused,
    long failed,
    long first,
    long last,
    List<KeptOutcome> examples,
    Optional<String> sourceContent,
    Optional<String> destinationContent) {

  public OutcomeFinding {
    examples = List.copyOf(examples);
  }

  /** The same with what is known of the two profiles. */
  OutcomeFinding with(Function<String, Optional<String>> contents) {
    return new OutcomeFinding(
        pair,
        truth,
        succeeded,
        refused,
        failed,
        first,
        last,
        examples,
        contents.apply(pair.source()),
        pair.destination().flatMap(contents));
  }

  /** The outcomes that make it a finding. */
  public long against() {
    return switch (pair.verdict()) {
      case COMPATIBLE -> refused + failed;
      case INCOMPATIBLE -> succeeded;
      case UNKNOWN -> succeeded + refused + failed;
    };
  }
}
