package io.fleetcompat.schemas;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/**
 * The bytes of one record while it is encoded. What is small is kept; of what is large only the
 * size is, so that an array of that size can be filled by encoding it again: a large record is in
 * memory once, and no buffer stays behind. For one thread.
 */
final class EncodedBytes extends OutputStream {

  /** The size up to which a record is kept at once. */
  static final int SMALL = 64 << 10;

  private static final int USUAL = 512;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(USUAL);
  private int size;

  @Override
  public void write(int b) {
    size = Math.addExact(size, 1);
    if (size <= SMALL) {
      kept.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    size = Math.addExact(size, length);
    if (size <= SMALL) {
      kept.write(bytes, from, length);
    }
  }

  int size() {
    return size;
  }

  /** True where all bytes were kept. */
  boolean isWhole() {
    return size <= SMALL;
  }

  byte[] bytes() {
    return kept.toByteArray();
  }

  /** An array that is filled from its beginning. */
  static OutputStream into(byte[] bytes) {
    return new OutputStream() {
      private int end;

      @Override
      public void write(int b) {
        bytes[end++] = (byte) b;
      }

      @Override
      public void write(byte[] some, int from, int length) {
        System.arraycopy(some, from, bytes, end, length);
        end += length;
      }
    };
  }
}
