package io.fleetcompat.query.watch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The place of an event among all, whichever order a replica reads its partitions in: the offset
 * that comes next, of each partition. Immutable; any thread.
 *
 * <p>It is spelled as base64url of a version, the mark of the topics (four bytes) and the offsets
 * as variable-length numbers, seven bits a byte, the lowest first.
 */
final class FeedPosition {

  /** Longest spelling that is parsed, in characters. */
  static final int MAX_TEXT = 8192;

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + Integer.BYTES;
  private static final int MAX_NUMBER_BYTES = 9; // 63 bits

  private final int mark;
  private final long[] next;

  /**
   * @param mark of the topics
   * @param next kept, and not to be changed
   */
  FeedPosition(int mark, long[] next) {
    this.mark = mark;
    this.next = next;
  }

  int mark() {
    return mark;
  }

  int size() {
    return next.length;
  }

  long next(int partition) {
    return next[partition];
  }

  /** True where it is not before another in any partition. */
  boolean covers(FeedPosition other) {
    for (int i = 0; i < next.length; i++) {
      if (next[i] < other.next[i]) {
        return false;
      }
    }
    return true;
  }

  /** The first position that is before neither. */
  FeedPosition and(FeedPosition other) {
    long[] later = new long[next.length];
    for (int i = 0; i < next.length; i++) {
      later[i] = Math.max(next[i], other.next[i]);
    }
    return new FeedPosition(mark, later);
  }

  /** The spelling, in ASCII. */
  byte[] text() {
    return text(mark, next);
  }

  /** The spelling of a position that is being counted. */
  static byte[] text(int mark, long[] next) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + next.length * MAX_NUMBER_BYTES);
    bytes.put(VERSION).putInt(mark);
    for (long number : next) {
      long rest = number;
      while (rest > 0x7f) {
        bytes.put((byte) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.put((byte) rest);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encode(Arrays.copyOf(bytes.array(), bytes.position()));
  }

  /** The position that is spelled so; empty for anything else. */
  static Optional<FeedPosition> parse(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    ByteBuffer read = ByteBuffer.wrap(bytes);
    if (bytes.length < HEAD || read.get() != VERSION) {
      return Optional.empty();
    }
    int mark = read.getInt();
    long[] next = new long[bytes.length - HEAD];
    int count = 0;
    while (read.hasRemaining()) {
      long number = number(read);
      if (number < 0) {
        return Optional.empty();
      }
      next[count++] = number;
    }
    return Optional.of(new FeedPosition(mark, Arrays.copyOf(next, count)));
  }

  /** -1 where there is none. */
  private static long number(ByteBuffer read) {
    long number = 0;
    for (int shift = 0; shift < 7 * MAX_NUMBER_BYTES && read.hasRemaining(); shift += 7) {
      byte part = read.get();
      number |= (long) (part & 0x7f) << shift;
      if (part >= 0) {
        return number;
      }
    }
    return -1;
  }
}
