package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.FacetId;
import java.util.Optional;

/**
 * A rule of a pack (docs/rules.md 3.5), spelled {@code nvidia-mdev/vgpu-manager-version}.
 *
 * @param pack the pack's id, without its version
 * @param rule the rule's id in it, or the address that the pack compares
 */
public record PackRuleId(String pack, String rule) implements RuleId {

  @Override
  public Optional<FacetId> facet() {
    return Optional.of(FacetId.VENDOR_RULES);
  }

  @Override
  public String section() {
    return FacetId.VENDOR_RULES.section();
  }

  @Override
  public String toString() {
    return pack + "/" + rule;
  }
}
