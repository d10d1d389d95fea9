package io.fleetcompat.query;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.replica.IndexChange;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ViewEdit;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.testing.IndexedFleet;
import java.time.Instant;
import java.util.stream.IntStream;

/** A view that an invented fleet's index was put into: its whole matrix, and its first hosts. */
public final class FilledView {

  private final IndexedFleet fleet;
  private final ViewEdit edit;

  private FilledView(IndexedFleet fleet, IndexView empty) {
    this.fleet = fleet;
    this.edit = new ViewEdit(empty);
  }

  /** With the matrix alone. */
  public static FilledView of(IndexedFleet fleet) throws BadRecordException {
    return of(fleet, IntStream.range(0, fleet.profiles().size()).toArray());
  }

  /** The same, read in another order of the profiles. */
  public static FilledView of(IndexedFleet fleet, int[] order) throws BadRecordException {
    FilledView view = new FilledView(fleet, IndexView.empty());
    view.edit.replay(IndexChange.rules(fleet.rules(), fleet.rulesRecord()));
    for (int n : order) {
      Fingerprint id = fleet.profiles().get(n).fingerprint();
      view.edit.replay(IndexChange.profile(id, fleet.profileRecord(n)));
      view.edit.replay(IndexChange.row(fleet.rules(), id, fleet.row(n)));
    }
    view.edit.replay(
        IndexChange.generation(fleet.rules(), fleet.generation(fleet.profiles().size())));
    view.edit.replay(IndexChange.inForce(fleet.inForce()));
    return view;
  }

  /** Also with these hosts, at version 1 of their history. */
  public FilledView withHosts(int hosts) throws BadRecordException {
    for (int host = 0; host < hosts; host++) {
      edit.replay(IndexChange.placed(IndexedFleet.host(host), fleet.placement(host, 1)));
    }
    return this;
  }

  /** Also with these hosts' capacity. */
  public FilledView withCapacities(int hosts) throws BadRecordException {
    for (int host = 0; host < hosts; host++) {
      IndexChange capacity =
          IndexChange.heard(
              IndexedFleet.host(host),
              fleet.capacity(host, 1, Instant.EPOCH),
              Instant.EPOCH.toEpochMilli());
      edit.replay(capacity);
    }
    return this;
  }

  /** Also with whatever else the test wants. */
  public FilledView with(IndexChange change) {
    edit.replay(change);
    return this;
  }

  public IndexView view() {
    return edit.commit();
  }
}
