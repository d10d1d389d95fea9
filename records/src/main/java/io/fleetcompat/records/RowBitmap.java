package io.fleetcompat.records;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/**
 * A bitmap of a row of the matrix as it stands in its record: RoaringBitmap's portable form (<a
 * href="https://github.com/RoaringBitmap/RoaringFormatSpec">RoaringFormatSpec</a>). Pure.
 */
public final class RowBitmap {

  private static final String EXPECTED = "a RoaringBitmap in portable form";

  private RowBitmap() {}

  /** The bytes of a bitmap, which is made as small as it can be. */
  public static ByteBuffer write(RoaringBitmap bitmap) {
    bitmap.runOptimize();
    return portable(bitmap);
  }

  private static ByteBuffer portable(RoaringBitmap bitmap) {
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return bytes.flip();
  }

  /**
   * The bitmap in these bytes, which may be hostile. What it takes is bounded by their number: a
   * container is made for at most one that is not there.
   *
   * @throws BadRecordException where they are not those that the bitmap is written as
   */
  public static RoaringBitmap read(ByteBuffer bytes) throws BadRecordException {
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
    int size = bitmap.serializedSizeInBytes();
    if (size != bytes.remaining()) {
      throw new BadRecordException(
          Code.INVALID,
          "a RoaringBitmap of " + size + " bytes, as it says itself",
          bytes.remaining() + " bytes");
    }
    if (!portable(bitmap).equals(bytes)) {
      throw new BadRecordException(
          Code.INVALID, EXPECTED, "one that is not written as its numbers are");
    }
    return bitmap;
  }
}
