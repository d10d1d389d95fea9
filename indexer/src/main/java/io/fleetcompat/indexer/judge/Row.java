package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.schemas.avro.MatrixRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/** One source profile's verdicts: what is in neither set is INCOMPATIBLE. One thread. */
final class Row {

  private final RoaringBitmap compatible;
  private final RoaringBitmap unknown;

  Row() {
    this(new RoaringBitmap(), new RoaringBitmap());
  }

  private Row(RoaringBitmap compatible, RoaringBitmap unknown) {
    this.compatible = compatible;
    this.unknown = unknown;
  }

  static Row decode(MatrixRow record) {
    return new Row(bitmap(record.getCompatible()), bitmap(record.getUnknown()));
  }

  MatrixRow encode(int source) {
    return new MatrixRow(source, bytes(compatible), bytes(unknown));
  }

  void set(int destination, Outcome outcome) {
    switch (outcome) {
      case COMPATIBLE -> compatible.add(destination);
      case UNKNOWN -> unknown.add(destination);
      case INCOMPATIBLE -> {}
    }
  }

  private static ByteBuffer bytes(RoaringBitmap bitmap) {
    bitmap.runOptimize();
    ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
    bitmap.serialize(bytes);
    return bytes.flip();
  }

  private static RoaringBitmap bitmap(ByteBuffer bytes) {
    try {
      RoaringBitmap bitmap = new RoaringBitmap();
      bitmap.deserialize(bytes.duplicate());
      return bitmap;
    } catch (IOException e) {
      throw new UncheckedIOException("the store of rows holds what we did not write", e);
    }
  }
}
