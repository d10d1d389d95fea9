package io.fleetcompat.query.replica;

import org.roaringbitmap.RoaringBitmap;

/**
 * A source profile's row of the matrix. The bitmaps hold numbers of destination profiles and are
 * not changed after this was made.
 *
 * @param number the source profile's number when the row was written
 */
public record Row(int number, RoaringBitmap compatible, RoaringBitmap unknown) {}
