package io.fleetcompat.query.history;

import io.fleetcompat.schemas.avro.ChangeCause;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;

/**
 * A set of causes as bits, by the order of the symbols in the schema: a newer schema only adds to
 * their end.
 */
record CauseSet(long bits) {

  /** No cause: that of a change that cannot be read. */
  static final CauseSet NONE = new CauseSet(0);

  /** The causes of changes that nobody asks for unless by name: they follow from others. */
  private static final Set<ChangeCause> HOUSEKEEPING =
      Set.of(
          ChangeCause.HISTORY_BEGAN,
          ChangeCause.CAPACITY_CHANGED,
          ChangeCause.PROFILE_FORGOTTEN,
          ChangeCause.RULES_FORGOTTEN,
          ChangeCause.ANSWER_FORGOTTEN);

  /** The causes that are listed where none is named. */
  static final CauseSet LISTED = new CauseSet(~of(HOUSEKEEPING).bits);

  @SuppressWarnings("EnumOrdinal") // fewer bytes for each change than their names
  static CauseSet of(Collection<ChangeCause> causes) {
    long bits = 0;
    for (ChangeCause cause : causes) {
      bits |= 1L << cause.ordinal();
    }
    return new CauseSet(bits);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(Long.BYTES).putLong(bits).array();
  }

  static CauseSet parse(byte[] bytes) {
    return new CauseSet(ByteBuffer.wrap(bytes).getLong());
  }

  boolean intersects(CauseSet other) {
    return (bits & other.bits) != 0;
  }
}
