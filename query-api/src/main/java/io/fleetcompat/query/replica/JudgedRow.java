package io.fleetcompat.query.replica;

import io.fleetcompat.records.RowBitmap;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A profile's row of the matrix: its verdicts with all that have a smaller number, and with itself.
 *
 * @param number the profile's number when the row was written
 * @param to destinations, that of the profile itself among them
 * @param from sources; null where the row is of the first form, which is not believed
 */
record JudgedRow(int number, JudgedNumbers to, @Nullable JudgedNumbers from) {

  static JudgedRow of(MatrixRow row) throws BadRecordException {
    ByteBuffer compatible = row.getCompatibleSources();
    ByteBuffer unknown = row.getUnknownSources();
    boolean firstForm = compatible == null || unknown == null;
    return new JudgedRow(
        row.getSource(),
        new JudgedNumbers(bitmap(row.getCompatible()), bitmap(row.getUnknown())),
        firstForm ? null : new JudgedNumbers(bitmap(compatible), bitmap(unknown)));
  }

  private static RoaringBitmap bitmap(ByteBuffer bytes) throws BadRecordException {
    RoaringBitmap bitmap = RowBitmap.read(bytes);
    bitmap.runOptimize();
    return bitmap;
  }
}
