package io.fleetcompat.compatibility.override;

import java.time.Instant;
import java.util.Optional;

/**
 * An operator's statement that one rule does not count for some pairs (docs/rules.md, "Overrides").
 *
 * @param id chosen by the operator; there is one of each
 * @param rule as reasons name it: {@code nvidia-vfio/ecc-mode}
 * @param author who says so
 * @param reason why
 * @param expires from when on it does not count; empty for never
 * @param replaces the id of another one that does not count as long as this one is there
 */
public record RuleOverride(
    String id,
    String rule,
    OverrideScope scope,
    String author,
    String reason,
    Instant created,
    Optional<Instant> expires,
    Optional<String> replaces) {

  /** True from the moment on that it names as its end. */
  public boolean isExpired(Instant now) {
    return expires.isPresent() && !now.isBefore(expires.get());
  }
}
