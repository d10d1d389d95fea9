package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.keys.RecordStamp;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.nio.ByteBuffer;

/**
 * The newest that was heard of a host with its key's mark; {@link #NOTHING} stands for what was not
 * heard.
 *
 * @param heartbeat of its newest heartbeat
 * @param document of the document that is placed
 * @param removal with which it was removed last
 */
record HeardMark(RecordStamp heartbeat, RecordStamp document, RecordStamp removal) {

  /** Before every stamp that a host can make. */
  static final RecordStamp NONE = new RecordStamp(0, 0, 0);

  static final HeardMark NOTHING = new HeardMark(NONE, NONE, NONE);

  private static final int STAMP_BYTES = Integer.BYTES + 2 * Long.BYTES;
  private static final int BYTES = 3 * STAMP_BYTES;

  HeardMark heard(RecordStamp newest) {
    return new HeardMark(newest, document, removal);
  }

  HeardMark placed(RecordStamp newest) {
    return new HeardMark(heartbeat, newest, removal);
  }

  HeardMark removed(RecordStamp newest) {
    return new HeardMark(heartbeat, NONE, newest);
  }

  /** The form in which it is stored: each stamp as generation, epoch, number; big-endian. */
  static ValueForm<String, HeardMark> form() {
    return new ValueForm<>() {
      @Override
      public byte[] encode(HeardMark mark) {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        put(buffer, mark.heartbeat);
        put(buffer, mark.document);
        put(buffer, mark.removal);
        return buffer.array();
      }

      @Override
      public HeardMark decode(String host, byte[] bytes) throws BadRecordException {
        if (bytes.length != BYTES) {
          throw new BadRecordException(
              Code.UNDECODABLE, BYTES + " bytes of a heard mark", String.valueOf(bytes.length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new HeardMark(stamp(buffer), stamp(buffer), stamp(buffer));
      }
    };
  }

  private static void put(ByteBuffer buffer, RecordStamp stamp) {
    buffer.putInt(stamp.generation()).putLong(stamp.epoch()).putLong(stamp.number());
  }

  private static RecordStamp stamp(ByteBuffer buffer) {
    return new RecordStamp(buffer.getInt(), buffer.getLong(), buffer.getLong());
  }
}
