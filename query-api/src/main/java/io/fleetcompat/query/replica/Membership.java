package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.KeyOrder;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import org.jspecify.annotations.Nullable;

/**
 * The members of the fleet, or of one pool of it: its hosts, and its endpoints by profile.
 * Immutable.
 *
 * @param byName the hosts in order of name
 */
public record Membership(OrderedKeys byName, Chunks<ProfileEndpoints> bySlot) {

  static Membership empty(KeyOrder order) {
    return new Membership(OrderedKeys.empty(order), Chunks.empty());
  }

  /** The endpoints with that profile; null where there are none. */
  public @Nullable ProfileEndpoints endpoints(int slot) {
    return bySlot.get(slot);
  }

  /** True where the host of that number, which the view has, is one of these. */
  public boolean has(int host) {
    return byName.contains(nameKey(host));
  }

  public int size() {
    return byName.size();
  }

  /** The host as {@link #byName} has it. */
  static long nameKey(int host) {
    return CandidateKey.of(0, host, 0);
  }
}
