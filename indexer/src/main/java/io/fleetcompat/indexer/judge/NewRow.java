package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.records.RowBitmap;
import io.fleetcompat.schemas.avro.MatrixRow;
import org.roaringbitmap.RoaringBitmap;

/**
 * One profile's verdicts with every profile that was judged before it, both ways. What is in no set
 * is INCOMPATIBLE. One thread.
 */
final class NewRow {

  private final Verdicts to = new Verdicts();
  private final Verdicts from = new Verdicts();

  /** Numbers by verdict. */
  private record Verdicts(RoaringBitmap compatible, RoaringBitmap unknown) {
    Verdicts() {
      this(new RoaringBitmap(), new RoaringBitmap());
    }

    void set(int number, Outcome outcome) {
      switch (outcome) {
        case COMPATIBLE -> compatible.add(number);
        case UNKNOWN -> unknown.add(number);
        case INCOMPATIBLE -> {}
      }
    }
  }

  /** Takes the outcome from the row's profile to that one. */
  void setTo(int destination, Outcome outcome) {
    to.set(destination, outcome);
  }

  /** Takes the outcome from that one to the row's profile. */
  void setFrom(int source, Outcome outcome) {
    from.set(source, outcome);
  }

  MatrixRow encode(int number) {
    return new MatrixRow(
        number,
        RowBitmap.write(to.compatible),
        RowBitmap.write(to.unknown),
        RowBitmap.write(from.compatible),
        RowBitmap.write(from.unknown));
  }
}
