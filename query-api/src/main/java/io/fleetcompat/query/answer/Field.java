package io.fleetcompat.query.answer;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A member of an answer's entries that a caller may ask for by name; the spelling is stable. */
public enum Field {
  /** No members: each entry is a name, and the answer an array of these. */
  NAMES("names"),
  BEHIND("behind"),
  CAPACITY("capacity"),
  CERTAIN("certain"),
  DECIDED_BY("decidedBy"),
  DESTINATION("destination"),
  DESTINATION_HOST("destinationHost"),
  DEVICES("devices"),
  DOUBTS("doubts"),
  ENDPOINT("endpoint"),
  /** With {@code failureInferred}. */
  FAILURE("failure"),
  HOST("host"),
  LAST_SEEN("lastSeen"),
  LIVENESS("liveness"),
  OBLIGATIONS("obligations"),
  OVERRIDDEN("overridden"),
  PROFILE("profile"),
  RANK("rank"),
  REASONS("reasons"),
  SOURCE("source"),
  SOURCE_HOST("sourceHost"),
  VERDICT("verdict"),
  WARNINGS("warnings");

  /** Those of an entry of {@code GET /v1/destinations}. */
  public static final Set<Field> OF_DESTINATIONS =
      of(
          NAMES,
          HOST,
          ENDPOINT,
          DESTINATION,
          VERDICT,
          PROFILE,
          CAPACITY,
          RANK,
          OBLIGATIONS,
          WARNINGS,
          OVERRIDDEN,
          LAST_SEEN,
          LIVENESS,
          BEHIND);

  /** Those of an entry of {@code POST /v1/destinations}. */
  public static final Set<Field> OF_MACHINES =
      of(NAMES, HOST, LAST_SEEN, LIVENESS, BEHIND, CERTAIN, DOUBTS, DEVICES);

  /** Those of {@code POST /v1/filter}. */
  public static final Set<Field> OF_FILTER = of(NAMES);

  /** Those of a pair among many of {@code POST /v1/check}. */
  public static final Set<Field> OF_PAIRS =
      of(
          SOURCE,
          DESTINATION,
          VERDICT,
          FAILURE,
          DECIDED_BY,
          REASONS,
          OVERRIDDEN,
          OBLIGATIONS,
          WARNINGS,
          CAPACITY);

  /** Those of the answer of {@code GET /v1/check}. */
  public static final Set<Field> OF_CHECK = with(OF_PAIRS, SOURCE_HOST, DESTINATION_HOST, RANK);

  /** Those that the judge's words are needed for: without them an outcome is enough. */
  static final Set<Field> OF_REASONS =
      of(FAILURE, DECIDED_BY, REASONS, OVERRIDDEN, OBLIGATIONS, WARNINGS, RANK);

  private final String spelling;

  Field(String spelling) {
    this.spelling = spelling;
  }

  private static Set<Field> of(Field first, Field... others) {
    return Collections.unmodifiableSet(EnumSet.of(first, others));
  }

  private static Set<Field> with(Set<Field> some, Field... others) {
    EnumSet<Field> all = EnumSet.copyOf(some);
    Collections.addAll(all, others);
    return Collections.unmodifiableSet(all);
  }

  /** The name in questions and answers. */
  public String spelling() {
    return spelling;
  }
}
