package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeAnswers;
import io.fleetcompat.compatibility.judge.ProbeProgress;
import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.override.RuleOverrides;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.Optional;

/**
 * The whole index after some batch of records: an image of the matrix, one of the fleet, one of the
 * rule sets, one of which the matrix is by, what operators have turned off, how drivers are asked,
 * and the health of pools. They change apart from each other and are published together. Immutable;
 * any number of threads.
 */
public record IndexView(
    MatrixImage matrix,
    FleetImage fleet,
    RuleSetImages ruleSets,
    RuleOverrides overrides,
    ProbeImage probes,
    PoolHealths health) {

  /** The view of an empty index. */
  public static IndexView empty() {
    return new IndexView(
        MatrixImage.empty(new Dictionary<>(MatrixImage.MAX_SLOTS)),
        FleetImage.empty(FleetNames.create()),
        RuleSetImages.EMPTY,
        RuleOverrides.NONE,
        ProbeImage.empty(),
        PoolHealths.empty());
  }

  /** An empty view with this one's names: numbers of hosts and slots go on meaning the same. */
  IndexView emptied() {
    return new IndexView(
        MatrixImage.empty(matrix.ids()),
        FleetImage.empty(fleet.names()),
        RuleSetImages.EMPTY,
        RuleOverrides.NONE,
        ProbeImage.empty(),
        health.emptied());
  }

  /** The answers of drivers, and who was asked in vain, for the judge. */
  public ProbeAnswers drivers() {
    return new ProbeAnswers() {
      @Override
      public Optional<ProbeVerdict> find(Profile source, Profile destination) {
        return matrix.drivers().find(source, destination);
      }

      @Override
      public ProbeProgress progress(Profile source, Profile destination) {
        return probes.progress(source, destination);
      }
    };
  }

  /** The question to drivers that the profiles in two slots lead to. */
  public Asked asked(int source, int destination) {
    ProfileEntry from = matrix.profile(source);
    ProfileEntry to = matrix.profile(destination);
    return from == null || to == null
        ? Asked.NOBODY
        : new Asked(
            matrix.drivers().find(from.profile(), to.profile()),
            probes.progress(from.profile(), to.profile()));
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
