package io.fleetcompat.compatibility.pack;

import java.math.BigInteger;

/** A mask of bits in hexadecimal digits, {@code 0x1e}. Immutable. */
final class Bitmask {

  private static final int MAX_CHARACTERS = 130;
  private static final int HEXADECIMAL = 16;

  private final BigInteger bits;

  /** Its bits once more, the lowest first: to compare these makes no number for each pair. */
  private final long[] words;

  private Bitmask(BigInteger bits) {
    this.bits = bits;
    this.words = new long[bits.bitLength() / Long.SIZE + 1];
    for (int i = 0; i < words.length; i++) {
      words[i] = bits.shiftRight(i * Long.SIZE).longValue();
    }
  }

  static Bitmask parse(String text) throws UnfitException {
    boolean fits =
        text.startsWith("0x")
            && text.length() > 2
            && text.length() <= MAX_CHARACTERS
            && text.chars().skip(2).allMatch(c -> c <= 'f' && Character.digit(c, HEXADECIMAL) >= 0);
    if (!fits) {
      throw new UnfitException("a mask such as 0x1e", text);
    }
    return new Bitmask(new BigInteger(text.substring(2), HEXADECIMAL));
  }

  /** True where it has every bit of another one. */
  boolean hasAll(Bitmask other) {
    for (int i = 0; i < other.words.length; i++) {
      if ((other.words[i] & ~(i < words.length ? words[i] : 0)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The spelling of the bits that another one lacks. */
  String without(Bitmask other) {
    return "0x" + bits.andNot(other.bits).toString(HEXADECIMAL);
  }

  /** The one spelling of these bits. */
  @Override
  public String toString() {
    return "0x" + bits.toString(HEXADECIMAL);
  }
}
