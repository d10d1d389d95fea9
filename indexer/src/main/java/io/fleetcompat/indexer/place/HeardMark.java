package io.fleetcompat.indexer.place;

import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.keys.RecordStamp;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import java.nio.ByteBuffer;

/**
 * The newest that was heard of a host with its key's mark.
 *
 * @param heartbeat stamp of its newest heartbeat; {@link #NO_HEARTBEAT} where none was heard
 * @param removedEpoch the epoch with which it was removed last; {@link #NEVER} where it was not
 */
record HeardMark(RecordStamp heartbeat, long removedEpoch) {

  static final RecordStamp NO_HEARTBEAT = new RecordStamp(0, 0, 0);
  static final long NEVER = -1;
  static final HeardMark NOTHING = new HeardMark(NO_HEARTBEAT, NEVER);

  private static final int BYTES = Integer.BYTES + 3 * Long.BYTES;

  HeardMark with(RecordStamp newest) {
    return new HeardMark(newest, removedEpoch);
  }

  HeardMark removed(long epoch) {
    return new HeardMark(heartbeat, Math.max(epoch, removedEpoch));
  }

  /**
   * The form in which it is stored: generation, epoch, number, epoch of the removal; big-endian.
   */
  static ValueForm<String, HeardMark> form() {
    return new ValueForm<>() {
      @Override
      public byte[] encode(HeardMark mark) {
        return ByteBuffer.allocate(BYTES)
            .putInt(mark.heartbeat.generation())
            .putLong(mark.heartbeat.epoch())
            .putLong(mark.heartbeat.number())
            .putLong(mark.removedEpoch)
            .array();
      }

      @Override
      public HeardMark decode(String host, byte[] bytes) throws BadRecordException {
        if (bytes.length != BYTES) {
          throw new BadRecordException(
              Code.UNDECODABLE, BYTES + " bytes of a heard mark", String.valueOf(bytes.length));
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new HeardMark(
            new RecordStamp(buffer.getInt(), buffer.getLong(), buffer.getLong()), buffer.getLong());
      }
    };
  }
}
