package io.fleetcompat.keys;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * The mark of a record, in its header {@value #HEADER}: 1 byte 1 for this form, the stamp
 * (generation: 4 bytes, epoch: 8, number: 8; big-endian), and 32 bytes HMAC-SHA256 over the stamp,
 * the topic, the key and the value.
 */
@SuppressWarnings("ArrayRecordComponent") // compared in constant time alone
record RecordMark(RecordStamp stamp, byte[] code) {

  static final String HEADER = "fleetcompat-mark";

  private static final byte FORM = 1;
  private static final int BYTES = 1 + Integer.BYTES + 2 * Long.BYTES + Secret.BYTES;

  byte[] bytes() {
    return ByteBuffer.allocate(BYTES)
        .put(FORM)
        .putInt(stamp.generation())
        .putLong(stamp.epoch())
        .putLong(stamp.number())
        .put(code)
        .array();
  }

  /**
   * The mark in a header.
   *
   * @throws BadRecordException if there is none
   */
  static RecordMark parse(byte @Nullable [] header) throws BadRecordException {
    if (header == null) {
      throw bad("none");
    }
    if (header.length != BYTES) {
      throw bad(header.length + " bytes");
    }
    if (header[0] != FORM) {
      throw bad("one of form " + header[0]);
    }
    ByteBuffer buffer = ByteBuffer.wrap(header, 1, BYTES - 1);
    RecordStamp stamp = new RecordStamp(buffer.getInt(), buffer.getLong(), buffer.getLong());
    if (stamp.generation() < 1 || stamp.epoch() < 0 || stamp.number() < 0) {
      throw bad("the stamp " + stamp);
    }
    byte[] code = new byte[Secret.BYTES];
    buffer.get(code);
    return new RecordMark(stamp, code);
  }

  private static BadRecordException bad(String found) {
    return new BadRecordException(
        Code.UNSIGNED, "a record with the mark of its host's key in the header " + HEADER, found);
  }

  /**
   * True where the secret's owner has marked this record so; takes the same time for every code.
   */
  boolean isOf(HostRecord record, Secret secret) {
    return MessageDigest.isEqual(code, secret.mark(record, stamp));
  }
}
