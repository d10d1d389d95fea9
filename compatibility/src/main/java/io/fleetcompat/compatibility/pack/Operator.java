package io.fleetcompat.compatibility.pack;

import io.fleetcompat.compatibility.facet.Parsed;

/**
 * The comparison that a rule makes: of both values ({@link PairOperator}), or of each side's value
 * with what the rule says ({@link ValueOperator}).
 */
public sealed interface Operator permits PairOperator, ValueOperator {

  /** The name that a pack gives it. */
  String name();

  /**
   * Applies it. What is absent, malformed or unreadable at a side that it is about, or no value of
   * the form that it compares, is {@link Finding.Unjudged}.
   */
  Finding apply(Parsed<String> source, Parsed<String> destination);
}
