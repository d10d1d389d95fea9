package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.ProbeVerdict;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.query.replica.IndexChange.CapacityUnknown;
import io.fleetcompat.query.replica.IndexChange.HostHeard;
import io.fleetcompat.query.replica.IndexChange.HostPlaced;
import io.fleetcompat.query.replica.IndexChange.HostRemoved;
import io.fleetcompat.query.replica.IndexChange.HostUnplaced;
import io.fleetcompat.query.replica.IndexChange.Nothing;
import io.fleetcompat.query.replica.IndexChange.PairProbed;
import io.fleetcompat.query.replica.IndexChange.PairUnprobed;
import io.fleetcompat.query.replica.IndexChange.ProfileGone;
import io.fleetcompat.query.replica.IndexChange.ProfileKnown;
import io.fleetcompat.query.replica.IndexChange.Rejected;
import io.fleetcompat.query.replica.IndexChange.Removal;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.IndexChange.RowJudged;
import io.fleetcompat.query.replica.IndexChange.RulesChanged;
import io.fleetcompat.query.replica.IndexChange.RulesGone;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.Placement;

/**
 * A batch of changes on the way from one view to the next: an edit of each image. One thread, and
 * one edit at a time for all views of a replica.
 */
public final class ViewEdit {

  private final MatrixEdit matrix;
  private final FleetEdit fleet;
  private IndexView base;

  public ViewEdit(IndexView base) {
    this.base = base;
    matrix = new MatrixEdit(base.matrix());
    fleet = new FleetEdit(base.fleet(), new PlacementReader(base.matrix().ids()));
  }

  /** Makes a change. Where it throws, the change was not made. */
  public void replay(IndexChange change) {
    switch (change) {
      case HostPlaced(String host, Placement placement) -> fleet.place(host, placement);
      case HostUnplaced(String host) -> fleet.unplace(host);
      case HostHeard(String host, HostCapacity capacity, long _) ->
          fleet.setCapacity(host, CapacityRecord.capacity(capacity));
      case HostRemoved(String host, long _) -> fleet.forgetCapacity(host);
      case CapacityUnknown(String host) -> fleet.forgetCapacity(host);
      case ProfileKnown(Fingerprint id, ProfileContent content) -> matrix.setProfile(id, content);
      case ProfileGone(Fingerprint id) -> matrix.removeProfile(id);
      case RowJudged(Fingerprint id, JudgedRow row) -> matrix.setRow(id, row);
      case RowGone(Fingerprint id) -> matrix.removeRow(id);
      case RulesChanged(Judgement judgement) -> matrix.setJudgement(judgement);
      case RulesGone() -> matrix.setJudgement(new Judgement.None());
      case PairProbed(ProbePair pair, ProbeVerdict verdict) -> matrix.setAnswer(pair, verdict);
      case PairUnprobed(ProbePair pair) -> matrix.removeAnswer(pair);
      case Nothing() -> {}
      case Rejected(Removal instead, String _) -> replay(instead);
    }
  }

  /** The view after everything so far; the next changes come on top of it. */
  @SuppressWarnings("ReferenceEquality") // an image in which nothing changed is the same object
  public IndexView commit() {
    IndexView next = new IndexView(matrix.build(), fleet.build());
    base = next.equals(base) ? base : next;
    return base;
  }
}
