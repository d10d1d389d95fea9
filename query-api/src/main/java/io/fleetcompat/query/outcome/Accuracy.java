package io.fleetcompat.query.outcome;

import java.util.OptionalDouble;

/**
 * The accuracy of who says one of two things of migrations. For the index as a whole, it says that
 * a device may go; for a rule or a pack, that it may not.
 *
 * @param right it said so, and so it was
 * @param wrong it said so, and it was not so
 * @param missed it was asked and did not say so, and it was so
 * @param otherwise it was asked and did not say so, and it was not so
 */
public record Accuracy(long right, long wrong, long missed, long otherwise) {

  static final Accuracy NONE = new Accuracy(0, 0, 0, 0);

  /** One more. */
  Accuracy plus(boolean said, boolean was) {
    return new Accuracy(
        right + (said && was ? 1 : 0),
        wrong + (said && !was ? 1 : 0),
        missed + (!said && was ? 1 : 0),
        otherwise + (!said && !was ? 1 : 0));
  }

  /** All that it was asked about. */
  long outcomes() {
    return right + wrong + missed + otherwise;
  }

  /** The share of what it said that was so; empty where it said nothing. */
  public OptionalDouble precision() {
    return share(right, right + wrong);
  }

  /** The share of what was so that it said; empty where nothing was. */
  public OptionalDouble recall() {
    return share(right, right + missed);
  }

  private static OptionalDouble share(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
