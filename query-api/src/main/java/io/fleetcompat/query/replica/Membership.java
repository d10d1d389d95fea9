package io.fleetcompat.query.replica;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who is in the fleet, or in one pool of it: its hosts, and its endpoints by profile. Immutable.
 *
 * @param hosts numbers of the hosts; not changed after this was made
 * @param byName the same hosts in order of name
 */
public record Membership(RoaringBitmap hosts, OrderedKeys byName, Chunks<Members> bySlot) {

  static Membership empty(KeyOrder order) {
    return new Membership(new RoaringBitmap(), OrderedKeys.empty(order), Chunks.empty());
  }

  /** The endpoints with that profile; null where there are none. */
  public @Nullable Members members(int slot) {
    return bySlot.get(slot);
  }

  public int size() {
    return byName.size();
  }
}
