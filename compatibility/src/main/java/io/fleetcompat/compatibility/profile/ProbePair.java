package io.fleetcompat.compatibility.profile;

import java.util.Optional;

/**
 * The identity of a question to a driver: a source's string, and the class of destinations that is
 * asked about it.
 */
public record ProbePair(Fingerprint string, Fingerprint destination) {

  /** The question that two profiles lead to; empty where one of them has no part in any. */
  public static Optional<ProbePair> of(Profile source, Profile destination) {
    Optional<ProbeSide> from = source.probeSide();
    Optional<ProbeSide> to = destination.probeSide();
    return from.isPresent() && to.isPresent()
        ? Optional.of(of(from.get(), to.get()))
        : Optional.empty();
  }

  public static ProbePair of(ProbeSide source, ProbeSide destination) {
    return new ProbePair(source.string(), destination.destination());
  }

  /** {@code string/destination}, as the keys of records have it. */
  @Override
  public String toString() {
    return string + "/" + destination;
  }
}
