package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/** A rule that a pair does not satisfy, or that nobody can judge, in words. */
public sealed interface Shortfall {

  /** A sentence, without a full stop. */
  String detail();

  /** The values do not satisfy it. */
  record Mismatch(String detail) implements Shortfall {}

  /**
   * A value is missing, or none that can be compared.
   *
   * @param side where that is so
   */
  record Missing(Parsed.State state, Side side, String detail) implements Shortfall {}
}
