package io.fleetcompat.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * 32 secret bytes, of which others are derived, and by which records are marked: HMAC-SHA256 (RFC
 * 2104). It is never shown. Immutable; any number of threads.
 */
final class Secret {

  static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  static Secret random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(bytes);
  }

  /** The secret that is spelled so, as {@link #spelling} gives it. */
  static Secret parse(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected " + BYTES + " bytes in Base64, found something else", e);
    }
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "expected " + BYTES + " bytes in Base64, found " + bytes.length);
    }
    return new Secret(bytes);
  }

  /** For the one file that keeps it. */
  String spelling() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The secret that this one gives for a purpose; nobody gets back from it. */
  Secret derive(String purpose) {
    return new Secret(mac().doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
  }

  /** The secret for a generation of a host's key. */
  Secret derive(String host, int generation) {
    Mac mac = mac();
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(generation).flip());
    return new Secret(mac.doFinal(host.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The code of a record with its stamp. Lengths stand before parts, so no two are spelled alike.
   */
  byte[] mark(HostRecord record, RecordStamp stamp) {
    byte[] topic = record.topic().getBytes(StandardCharsets.UTF_8);
    byte[] value = record.value();
    ByteBuffer head =
        ByteBuffer.allocate(
            5 * Integer.BYTES + 2 * Long.BYTES + topic.length + record.key().length);
    head.putInt(stamp.generation()).putLong(stamp.epoch()).putLong(stamp.number());
    head.putInt(topic.length).put(topic);
    head.putInt(record.key().length).put(record.key());
    head.putInt(value == null ? -1 : value.length);
    Mac mac = mac();
    mac.update(head.array(), 0, head.position());
    if (value != null) {
      mac.update(value);
    }
    return mac.doFinal();
  }

  private Mac mac() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
