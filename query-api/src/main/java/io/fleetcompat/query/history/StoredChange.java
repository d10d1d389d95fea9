package io.fleetcompat.query.history;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.ChangeRecord;
import java.nio.ByteBuffer;

/**
 * A change as it stands in the database: apart from the value that its subject had before, which is
 * by far the largest part of most and seldom asked for.
 *
 * @param past what is known of the value that its subject had
 * @param subject as it is spelled in keys, in UTF-8
 * @param record the change without that value; empty where it cannot be read
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way through, never changed
record StoredChange(Past past, CauseSet causes, byte[] subject, byte[] record) {

  private static final int HEAD = 1 + Long.BYTES + Short.BYTES;

  /** The knowledge of the value that a subject had before. */
  enum Past {
    /** It had none. */
    NONE((byte) 0),
    /** It is kept. */
    KEPT((byte) 1),
    /** Nobody knows it. */
    OMITTED((byte) 2);

    private final byte stored;

    Past(byte stored) {
      this.stored = stored;
    }

    byte[] bytes() {
      return new byte[] {stored};
    }

    static Past parse(byte stored) {
      for (Past past : values()) {
        if (past.stored == stored) {
          return past;
        }
      }
      throw new HistoryException(HistoryException.Kind.DAMAGED, "expected 0 to 2, found " + stored);
    }
  }

  /** The change of a record whose value cannot be read. */
  static StoredChange unreadable(ChangeKey subject) {
    return new StoredChange(
        Past.OMITTED, CauseSet.NONE, RecordKeys.CHANGE.encode(subject), new byte[0]);
  }

  static StoredChange of(ChangeKey subject, ChangeRecord change) {
    Past past =
        change.getBeforeOmitted()
            ? Past.OMITTED
            : change.getBefore() == null ? Past.NONE : Past.KEPT;
    return new StoredChange(
        past,
        CauseSet.of(change.getCauses()),
        RecordKeys.CHANGE.encode(subject),
        Codecs.CHANGE.encode(ArrivedChange.withoutBefore(change)));
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD + subject.length + record.length)
        .put(past.stored)
        .putLong(causes.bits())
        .putShort((short) subject.length)
        .put(subject)
        .put(record)
        .array();
  }

  static StoredChange parse(byte[] bytes) {
    ByteBuffer read = ByteBuffer.wrap(bytes);
    Past past = Past.parse(read.get());
    CauseSet causes = new CauseSet(read.getLong());
    byte[] subject = new byte[Short.toUnsignedInt(read.getShort())];
    read.get(subject);
    byte[] record = new byte[read.remaining()];
    read.get(record);
    return new StoredChange(past, causes, subject, record);
  }

  boolean isReadable() {
    return record.length > 0;
  }

  ChangeKey key() throws BadRecordException {
    return RecordKeys.CHANGE.decode(subject);
  }

  ChangeRecord change() throws BadRecordException {
    return Codecs.CHANGE.decode(record);
  }
}
