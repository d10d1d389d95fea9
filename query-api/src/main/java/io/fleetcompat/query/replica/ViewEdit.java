package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostHeard;
import io.fleetcompat.query.replica.IndexChange.HostPlaced;
import io.fleetcompat.query.replica.IndexChange.HostProbes;
import io.fleetcompat.query.replica.IndexChange.HostProbesNot;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.OverrideMade;
import io.fleetcompat.query.replica.IndexChange.OverrideRemoved;
import io.fleetcompat.query.replica.IndexChange.PairProbed;
import io.fleetcompat.query.replica.IndexChange.PairUnprobed;
import io.fleetcompat.query.replica.IndexChange.PoolAssessed;
import io.fleetcompat.query.replica.IndexChange.PoolForgotten;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.ProfileKnown;
import io.fleetcompat.query.replica.IndexChange.RefusalUnreadable;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RowJudged;
import io.fleetcompat.query.replica.IndexChange.RulesChanged;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.query.replica.IndexChange.RulesJudged;
import io.fleetcompat.query.replica.IndexChange.RulesNotTaken;
import io.fleetcompat.query.replica.IndexChange.RulesTaken;
import io.fleetcompat.query.replica.IndexChange.RulesUnjudged;
import io.fleetcompat.query.replica.IndexChange.RulesUnwritten;
import io.fleetcompat.query.replica.IndexChange.RulesWritten;
import io.fleetcompat.records.JudgedRules;
import io.fleetcompat.records.ProfileContent;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Placement;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * A batch of changes on the way from one view to the next: an edit of each image. One thread, and
 * one edit at a time for all views of a replica.
 */
public final class ViewEdit {

  private final MatrixEdit matrix;
  private final RuleSetsEdit ruleSets;
  private final FleetEdit fleet;
  private final OverridesEdit overrides;
  private final ProbeEdit probes;
  private final PoolHealths.Edit health;
  private IndexView base;

  public ViewEdit(IndexView base) {
    this.base = base;
    matrix = new MatrixEdit(base.matrix());
    ruleSets = new RuleSetsEdit(base.ruleSets());
    fleet = new FleetEdit(base.fleet(), new PlacementReader(base.matrix().ids()));
    overrides = new OverridesEdit(base.overrides());
    probes = new ProbeEdit(base.probes());
    health = new PoolHealths.Edit(base.health());
  }

  /** Makes a change. Where it throws, the change was not made. */
  public void replay(IndexChange change) {
    switch (change) {
      case HostPlaced(String host, Placement placement) -> fleet.place(host, placement);
      case HostUnplaced(String host) -> fleet.unplace(host);
      case HostHeard(String host, HostCapacity capacity, long _) ->
          fleet.setCapacity(host, capacity);
      case HostRemoved(String host, long _) -> fleet.forgetCapacity(host);
      case CapacityUnknown(String host) -> fleet.forgetCapacity(host);
      case ProfileKnown(Fingerprint id, ProfileContent content) -> {
        matrix.setProfile(id, content);
        probes.askable().addMember(matrix.slot(id), content.profile());
      }
      case ProfileGone(Fingerprint id) ->
          matrix
              .removeProfile(id)
              .ifPresent(gone -> probes.askable().removeMember(gone.slot(), gone.profile()));
      case PairProbed(ProbePair pair, var answer, var last) -> {
        probes.setInconclusive(pair, last);
        matrix.setAnswer(pair, answer);
      }
      case PairUnprobed(ProbePair pair) -> {
        probes.setInconclusive(pair, Optional.empty());
        matrix.setAnswer(pair, Optional.empty());
      }
      case HostProbes(String host, Set<Fingerprint> profiles) ->
          probes.askable().set(host, slots(profiles));
      case HostProbesNot(String host) -> probes.askable().remove(host);
      case RulesWritten(RuleSetId rules, JudgedRules content) -> ruleSets.setRules(rules, content);
      case RulesUnwritten(RuleSetId rules) -> ruleSets.removeRules(rules);
      case RulesJudged(RuleSetId rules, int generation) ->
          ruleSets.setGeneration(rules, generation);
      case RulesUnjudged(RuleSetId rules) -> ruleSets.removeGeneration(rules);
      case RowJudged(RuleSetId rules, Fingerprint id, JudgedRow row) ->
          ruleSets.setRow(rules, matrix.slot(id), row);
      case RowGone(RuleSetId rules, Fingerprint id) -> ruleSets.removeRow(rules, matrix.find(id));
      case RulesChanged(String ruleSet) -> ruleSets.setInForce(Optional.of(ruleSet));
      case RulesGone() -> ruleSets.setInForce(Optional.empty());
      case OverrideMade(RuleOverride override) -> overrides.set(override);
      case OverrideRemoved(String id) -> overrides.remove(id);
      case PoolAssessed(PoolHealthRecord assessed) -> health.set(assessed);
      case PoolForgotten(String pool) -> health.remove(pool);
      case RulesNotTaken(RefusedRules refused) -> ruleSets.setRefused(Optional.of(refused));
      case RulesTaken() -> ruleSets.setRefused(Optional.empty());
      case RefusalUnreadable() -> ruleSets.setRefused(Optional.of(RefusedRules.UNREADABLE));
      case Nothing() -> {}
      case Rejected(Removal instead, String _) -> replay(instead);
    }
  }

  private RoaringBitmap slots(Set<Fingerprint> profiles) {
    RoaringBitmap slots = new RoaringBitmap();
    profiles.forEach(id -> slots.add(matrix.slot(id)));
    return slots;
  }

  /** The view after everything so far; the next changes come on top of it. */
  @SuppressWarnings("ReferenceEquality") // an image in which nothing changed is the same object
  public IndexView commit() {
    RuleSetImages sets = ruleSets.build();
    IndexView next =
        new IndexView(
            matrix.build(sets),
            fleet.build(),
            sets,
            overrides.build(),
            probes.build(),
            health.build());
    base = next.equals(base) ? base : next;
    return base;
  }
}
