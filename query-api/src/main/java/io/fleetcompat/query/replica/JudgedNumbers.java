package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.MatrixImage.Cell;
import org.roaringbitmap.RoaringBitmap;

/** Numbers of profiles by verdict. The bitmaps are not changed after it was made. */
record JudgedNumbers(RoaringBitmap compatible, RoaringBitmap unknown) {

  /**
   * The verdict for the profile of that number. A number in neither bitmap is incompatible; a
   * number in both is damaged, and says nothing.
   */
  Cell cell(int number) {
    if (compatible.contains(number)) {
      return unknown.contains(number) ? Cell.NOT_INDEXED : Cell.COMPATIBLE;
    }
    return unknown.contains(number) ? Cell.UNKNOWN : Cell.INCOMPATIBLE;
  }
}
