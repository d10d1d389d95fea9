package io.fleetcompat.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.query.replica.MatrixImage.Cell;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The laws of a row of the matrix: the numbers in its bitmaps are those that a second reader finds,
 * written apart after RoaringFormatSpec; they take memory in proportion to the bytes; what is
 * damaged in any way is refused, and is never a yes.
 */
public final class RowProperty {

  /** The heap of an object or two for each container, of which the smallest takes ten bytes. */
  private static final int MOST_GROWTH = 16;

  private static final int LEAST_SIZE = 1 << 17;

  private RowProperty() {}

  /** Rows of every kind of container, and of none. */
  public static List<byte[]> samples() {
    RoaringBitmap few = RoaringBitmap.bitmapOf(0, 1, 5, 70_000);
    RoaringBitmap dense = new RoaringBitmap();
    for (int i = 0; i < 1 << 16; i += 3) {
      dense.add(i);
    }
    RoaringBitmap runs = new RoaringBitmap();
    for (long from = 0; from < 6L << 16; from += 50_000) {
      runs.add(from, from + 100);
    }
    runs.runOptimize();
    List<byte[]> samples = new ArrayList<>();
    for (RoaringBitmap each : List.of(few, runs, dense, new RoaringBitmap())) {
      ByteBuffer bytes = ByteBuffer.allocate(each.serializedSizeInBytes());
      each.serialize(bytes);
      samples.add(bytes.array());
    }
    return samples;
  }

  /** The bytes of one bitmap. */
  public static boolean accepts(byte[] input) {
    Optional<PlainBitmap> apart = PlainBitmap.read(input);
    JudgedRow row;
    try {
      row = JudgedRow.of(row(input));
    } catch (BadRecordException e) {
      assertThat(e).hasMessageContaining("RoaringBitmap");
      return false;
    }
    assertThat(apart).as("the second reader's bitmap").isPresent();
    RoaringBitmap numbers = row.to().compatible();
    assertThat(numbers).isEqualTo(apart.orElseThrow().numbers());
    assertThat(numbers.getLongSizeInBytes())
        .isLessThan(LEAST_SIZE + (long) MOST_GROWTH * input.length);
    requireNoYesOfBoth(row);
    return true;
  }

  /** A number in both sets says nothing. */
  private static void requireNoYesOfBoth(JudgedRow row) {
    RoaringBitmap numbers = row.to().compatible();
    if (!numbers.isEmpty()) {
      int one = numbers.first();
      assertThat(row.to().cell(one)).isEqualTo(Cell.COMPATIBLE);
      JudgedNumbers both = new JudgedNumbers(numbers, numbers);
      assertThat(both.cell(one)).isEqualTo(Cell.NOT_INDEXED);
    }
  }

  private static MatrixRow row(byte[] bitmap) {
    byte[] none = samples().getLast();
    return MatrixRow.newBuilder()
        .setSource(1)
        .setCompatible(ByteBuffer.wrap(bitmap))
        .setUnknown(ByteBuffer.wrap(none))
        .setCompatibleSources(ByteBuffer.wrap(bitmap))
        .setUnknownSources(ByteBuffer.wrap(none))
        .build();
  }
}
