package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.FilledView;
import io.fleetcompat.query.replica.IndexChange.RowGone;
import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.testing.IndexedFleet;
import org.junit.jupiter.api.Test;

/** The cells of the matrix, and the causes why some have nothing. */
class MatrixImageTest {

  private static final int PROFILES = 8;
  private static final int HOSTS = 20;

  private final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 1);

  private Fingerprint id(int profile) {
    return fleet.profiles().get(profile).fingerprint();
  }

  private IndexView view(IndexChange change) throws BadRecordException {
    return FilledView.of(fleet).withHosts(HOSTS).with(change).view();
  }

  private int slot(IndexView view, int profile) {
    return view.matrix().slot(id(profile));
  }

  private MissingVerdict missing(IndexView view, int source, int destination) {
    int from = slot(view, source);
    int to = slot(view, destination);
    assertThat(view.matrix().cell(from, to)).isEqualTo(Cell.NOT_INDEXED);
    return view.matrix().missing(from, to);
  }

  @Test
  void theMissingRowIsThatOfTheProfileWithTheGreaterNumberWhicheverSideItIs()
      throws BadRecordException {
    IndexView view = view(new RowGone(fleet.rules(), id(5)));
    assertThat(missing(view, 5, 2)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(missing(view, 2, 5)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(missing(view, 5, 5)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(view.matrix().cell(slot(view, 5), slot(view, 7))).isNotEqualTo(Cell.NOT_INDEXED);
    assertThat(view.pendingProfiles()).isEqualTo(1);
  }

  @Test
  void aRowOfAnotherNumberIsNoneAndItsProfileIsPending() throws BadRecordException {
    assertThat(FilledView.of(fleet).withHosts(HOSTS).view().pendingProfiles()).isZero();
    MatrixRow row = fleet.row(5);
    MatrixRow other =
        new MatrixRow(
            6,
            row.getCompatible(),
            row.getUnknown(),
            row.getCompatibleSources(),
            row.getUnknownSources());
    IndexView view = view(IndexChange.row(fleet.rules(), id(5), other));
    assertThat(missing(view, 5, 2)).isEqualTo(new MissingVerdict.NoRow(slot(view, 5)));
    assertThat(view.pendingProfiles()).isEqualTo(1);
  }

  @Test
  void aRowOfTheFirstFormIsPendingAndSaysNothingOfSources() throws BadRecordException {
    MatrixRow row = fleet.row(5);
    MatrixRow first = new MatrixRow(5, row.getCompatible(), row.getUnknown(), null, null);
    IndexView view = view(IndexChange.row(fleet.rules(), id(5), first));
    assertThat(missing(view, 2, 5)).isEqualTo(new MissingVerdict.DamagedRow(slot(view, 5)));
    assertThat(view.matrix().cell(slot(view, 5), slot(view, 2))).isNotEqualTo(Cell.NOT_INDEXED);
    assertThat(view.pendingProfiles()).isEqualTo(1);
  }

  @Test
  void aProfileBeyondTheGenerationIsNotJudged() throws BadRecordException {
    IndexView view = view(IndexChange.generation(fleet.rules(), fleet.generation(5)));
    assertThat(missing(view, 2, 5)).isEqualTo(new MissingVerdict.NotJudged(slot(view, 5)));
    assertThat(missing(view, 6, 5)).isEqualTo(new MissingVerdict.NotJudged(slot(view, 6)));
  }
}
