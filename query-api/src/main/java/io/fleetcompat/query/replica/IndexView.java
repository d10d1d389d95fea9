package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.override.RuleOverrides;
import java.util.Optional;

/**
 * The whole index after some batch of records: an image of the matrix, one of the fleet, one of the
 * rule sets, one of which the matrix is by, and what operators have turned off. They change apart
 * from each other and are published together. Immutable; any number of threads.
 */
public record IndexView(
    MatrixImage matrix, FleetImage fleet, RuleSetImages ruleSets, RuleOverrides overrides) {

  /** The view of an empty index. */
  public static IndexView empty() {
    return new IndexView(
        MatrixImage.empty(new Dictionary<>(MatrixImage.MAX_SLOTS)),
        FleetImage.empty(FleetNames.create()),
        RuleSetImages.EMPTY,
        RuleOverrides.NONE);
  }

  /** An empty view with this one's names: numbers of hosts and slots go on meaning the same. */
  IndexView emptied() {
    return new IndexView(
        MatrixImage.empty(matrix.ids()),
        FleetImage.empty(fleet.names()),
        RuleSetImages.EMPTY,
        RuleOverrides.NONE);
  }

  /** The rule set that answers are by; empty where nothing is judged yet. */
  public Optional<String> ruleSet() {
    return matrix.judgement().written();
  }

  /**
   * The rule set that is in force, where it is another than the one that answers are by: this
   * process does not have its rules.
   */
  public Optional<String> ruleSetAhead() {
    return ruleSets.inForce().filter(inForce -> !ruleSet().equals(Optional.of(inForce)));
  }

  /** Profiles that some host has and the matrix does not cover yet; costs a look at every slot. */
  public int pendingProfiles() {
    int pending = 0;
    for (int slot = 0; slot < matrix.slots(); slot++) {
      if (!fleet.members().endpoints(slot).isEmpty() && !matrix.isComplete(slot)) {
        pending++;
      }
    }
    return pending;
  }
}
