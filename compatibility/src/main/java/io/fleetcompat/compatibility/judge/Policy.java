package io.fleetcompat.compatibility.judge;

import io.fleetcompat.inventory.Quoted;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A choice that the rules leave to the operator; off by default. */
public enum Policy {
  /** A source type listed in the destination's {@code compatible_type} counts as the same type. */
  CROSS_TYPE("cross-type"),
  /** The destination's self must also match the source's compatible list. */
  MUTUAL("mutual");

  private final String spelling;

  Policy(String spelling) {
    this.spelling = spelling;
  }

  /**
   * @throws IllegalArgumentException naming the policies there are
   */
  public static Policy parse(String text) {
    for (Policy policy : values()) {
      if (policy.spelling.equals(text)) {
        return policy;
      }
    }
    String known = Arrays.stream(values()).map(Policy::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "expected a policy (" + known + "), found " + Quoted.of(text));
  }

  @Override
  public String toString() {
    return spelling;
  }
}
