package io.fleetcompat.compatibility.profile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a profile: the first 128 bits of the SHA-256 of its canonical form.
 *
 * @param high bits 0 to 63
 * @param low bits 64 to 127
 */
public record Fingerprint(long high, long low) implements Comparable<Fingerprint> {

  /** Length in bytes. */
  public static final int BYTES = 16;

  /** The fingerprint of a canonical form. */
  public static Fingerprint of(String canonical) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return of(sha256.digest(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** The fingerprint in the first 16 bytes. */
  public static Fingerprint of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  /**
   * Parses 32 hexadecimal digits.
   *
   * @throws IllegalArgumentException saying what was found
   */
  public static Fingerprint parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException(
          "expected a profile id of 32 hexadecimal digits, found " + hex.length() + " characters");
    }
    return of(HexFormat.of().parseHex(hex));
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public int compareTo(Fingerprint other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** 32 hexadecimal digits, lower case. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
