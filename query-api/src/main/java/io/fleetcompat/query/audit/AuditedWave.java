package io.fleetcompat.query.audit;

import java.util.List;
import java.util.Optional;

/**
 * A wave of upgrades, and what came of it. Pure data.
 *
 * @param difference of its pools, from just before it, and waves that went with it, to their end:
 *     others may have changed something there meanwhile; empty where not all changes since then are
 *     known any more
 * @param forward the ways of its endpoints from what they were to what they are
 * @param back the ways from what they are to what they were
 * @param behind how many live hosts of its pools have endpoints now that are as those were
 * @param named the first of them, by name
 */
public record AuditedWave(
    UpgradeWave wave,
    Optional<ViewDifference> difference,
    Ways forward,
    Ways back,
    int behind,
    List<String> named) {

  public AuditedWave {
    named = List.copyOf(named);
  }

  /** Numbers of endpoints by whether they may go from one profile to another. */
  public record Ways(long compatible, long unknown, long incompatible) {}
}
