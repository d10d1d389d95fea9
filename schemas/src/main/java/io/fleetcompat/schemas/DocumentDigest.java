package io.fleetcompat.schemas;

import io.fleetcompat.schemas.avro.DigestBytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digest of a document's bytes as they are in Kafka: the first 16 bytes of their SHA-256. Two
 * documents with one digest are the same document; nobody can make another one for a digest that is
 * given.
 *
 * @param high the first 8 bytes, big-endian
 * @param low the 8 bytes after them
 */
public record DocumentDigest(long high, long low) {

  private static final int BYTES = 16;

  /** The digest of a document that was encoded as these bytes. */
  public static DocumentDigest of(byte[] document) {
    try {
      return read(MessageDigest.getInstance("SHA-256").digest(document));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static DocumentDigest of(DigestBytes bytes) {
    return read(bytes.bytes());
  }

  private static DocumentDigest read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new DocumentDigest(buffer.getLong(), buffer.getLong());
  }

  /** The digest as records have it. */
  public DigestBytes bytes() {
    return new DigestBytes(ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array());
  }

  /** 32 hexadecimal digits. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
