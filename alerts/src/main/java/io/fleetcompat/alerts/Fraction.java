package io.fleetcompat.alerts;

/**
 * A number that is compared exactly.
 *
 * @param denominator above 0
 */
record Fraction(long numerator, long denominator) {

  /** Negative, 0 or positive where this is below, equal to or above a number. */
  int compareTo(long number) {
    return Long.compare(numerator, Math.multiplyExact(number, denominator));
  }
}
