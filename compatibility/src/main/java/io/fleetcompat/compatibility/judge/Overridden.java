package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.override.RuleOverride;

/**
 * A reason that does not count, since an operator says so.
 *
 * @param reason as it would be among the verdict's reasons
 * @param by the override
 */
public record Overridden(Reason reason, RuleOverride by) {

  public Overridden {
    if (!reason.rule().toString().equals(by.rule())) {
      throw new IllegalArgumentException(
          "expected an override of " + reason.rule() + ", found one of " + by.rule());
    }
  }
}
