package io.fleetcompat.query.replica;

import java.util.Optional;

/**
 * The whole index after some batch of records: an image of the matrix and one of the fleet, which
 * change apart from each other and are published together. Immutable; any number of threads.
 */
public record IndexView(MatrixImage matrix, FleetImage fleet) {

  /** The view of an empty index. */
  public static IndexView empty() {
    return new IndexView(
        MatrixImage.empty(new Dictionary<>(MatrixImage.MAX_SLOTS)),
        FleetImage.empty(FleetNames.create()));
  }

  /** An empty view with this one's names: numbers of hosts and slots go on meaning the same. */
  IndexView emptied() {
    return new IndexView(MatrixImage.empty(matrix.ids()), FleetImage.empty(fleet.names()));
  }

  /** The rule set that the matrix is judged by; empty where nothing is judged yet. */
  public Optional<String> ruleSet() {
    return matrix.judgement().written();
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
