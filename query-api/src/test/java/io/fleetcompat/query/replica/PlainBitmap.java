package io.fleetcompat.query.replica;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * A second reader of RoaringBitmap's portable form (RoaringFormatSpec), which uses nothing of the
 * library to read: containers as plain sets of bits, in one pass.
 */
final class PlainBitmap {

  private static final int COOKIE = 12_346;
  private static final int COOKIE_WITH_RUNS = 12_347;
  private static final int OFFSETS_FROM = 4;
  private static final int CONTAINER = 1 << 16;
  private static final int MOST_OF_AN_ARRAY = 4096;

  private final ByteBuffer bytes;
  private final RoaringBitmap numbers = new RoaringBitmap();

  private PlainBitmap(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bitmap in these bytes, all of them; empty where they are none. */
  static Optional<PlainBitmap> read(byte[] bytes) {
    PlainBitmap bitmap = new PlainBitmap(bytes);
    try {
      return bitmap.read() && !bitmap.bytes.hasRemaining() ? Optional.of(bitmap) : Optional.empty();
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  RoaringBitmap numbers() {
    return numbers;
  }

  private boolean read() {
    int cookie = bytes.getInt();
    boolean withRuns = (cookie & 0xffff) == COOKIE_WITH_RUNS;
    if (!withRuns && cookie != COOKIE) {
      return false;
    }
    int count = withRuns ? (cookie >>> 16) + 1 : bytes.getInt();
    if (count < 0 || count > CONTAINER) {
      return false;
    }
    byte[] runs = new byte[withRuns ? (count + 7) / 8 : 0];
    bytes.get(runs);
    int[] keys = new int[count];
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      keys[i] = number();
      sizes[i] = number() + 1;
      if (i > 0 && keys[i] <= keys[i - 1]) {
        return false;
      }
    }
    if (!withRuns || count >= OFFSETS_FROM) {
      bytes.position(Math.min(bytes.limit(), bytes.position() + Integer.BYTES * count));
    }
    for (int i = 0; i < count; i++) {
      boolean run = withRuns && BitSet.valueOf(runs).get(i);
      BitSet container = run ? runs() : sizes[i] <= MOST_OF_AN_ARRAY ? array(sizes[i]) : bits();
      if (container.isEmpty() || container.length() > CONTAINER) {
        return false;
      }
      add(keys[i], container);
    }
    return true;
  }

  private int number() {
    return bytes.getShort() & 0xffff;
  }

  private BitSet runs() {
    BitSet set = new BitSet();
    for (int left = number(); left > 0; left--) {
      int from = number();
      set.set(from, from + number() + 1);
    }
    return set;
  }

  private BitSet array(int size) {
    BitSet set = new BitSet();
    for (int left = size; left > 0; left--) {
      set.set(number());
    }
    return set;
  }

  private BitSet bits() {
    long[] words = new long[CONTAINER / Long.SIZE];
    for (int i = 0; i < words.length; i++) {
      words[i] = bytes.getLong();
    }
    return BitSet.valueOf(words);
  }

  private void add(int key, BitSet container) {
    long base = (long) key << 16;
    for (int from = container.nextSetBit(0); from >= 0; ) {
      int to = container.nextClearBit(from);
      numbers.add(base + from, base + to);
      from = container.nextSetBit(to);
    }
  }
}
