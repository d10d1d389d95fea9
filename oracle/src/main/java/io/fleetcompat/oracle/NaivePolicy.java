package io.fleetcompat.oracle;

import java.util.Arrays;

/** A choice that the rules leave to the operator, by the name that the API gives it. */
public enum NaivePolicy {
  CROSS_TYPE("cross-type"),
  MUTUAL("mutual");

  private final String spelling;

  NaivePolicy(String spelling) {
    this.spelling = spelling;
  }

  /**
   * @throws IllegalArgumentException naming the policies there are
   */
  public static NaivePolicy parse(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.spelling.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of the policies cross-type and mutual, found '" + text + "'"));
  }

  @Override
  public String toString() {
    return spelling;
  }
}
