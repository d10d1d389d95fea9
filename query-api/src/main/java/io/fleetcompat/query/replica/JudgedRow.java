package io.fleetcompat.query.replica;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.io.IOException;
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

  private static final String EXPECTED = "a RoaringBitmap in portable form";

  static JudgedRow of(MatrixRow row) throws BadRecordException {
    ByteBuffer compatible = row.getCompatibleSources();
    ByteBuffer unknown = row.getUnknownSources();
    boolean firstForm = compatible == null || unknown == null;
    return new JudgedRow(
        row.getSource(),
        new JudgedNumbers(bitmap(row.getCompatible()), bitmap(row.getUnknown())),
        firstForm ? null : new JudgedNumbers(bitmap(compatible), bitmap(unknown)));
  }

  /**
   * The bitmap in these bytes, which may be hostile. What it takes is bounded by their number: a
   * container is made for at most one that is not there.
   */
  private static RoaringBitmap bitmap(ByteBuffer bytes) throws BadRecordException {
    RoaringBitmap bitmap = new RoaringBitmap();
    boolean isWhole;
    try {
      bitmap.deserialize(bytes.duplicate());
      isWhole = bitmap.validate();
    } catch (IOException | RuntimeException e) {
      throw new BadRecordException(Code.INVALID, EXPECTED, e.toString());
    }
    if (!isWhole) {
      throw new BadRecordException(
          Code.INVALID, EXPECTED, "one whose numbers are out of order, or not as many as it says");
    }
    if (bitmap.serializedSizeInBytes() != bytes.remaining()) {
      throw new BadRecordException(
          Code.INVALID,
          "a RoaringBitmap of " + bitmap.serializedSizeInBytes() + " bytes, as it says itself",
          bytes.remaining() + " bytes");
    }
    bitmap.runOptimize();
    return bitmap;
  }
}
