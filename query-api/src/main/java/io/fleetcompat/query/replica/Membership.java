package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.KeyOrder;
import io.fleetcompat.query.replica.keys.OrderedKeys;

/**
 * The members of the fleet, or of one pool of it: its hosts, and its endpoints by profile.
 * Immutable.
 *
 * @param byName the hosts in order of name
 * @param none the endpoints of a profile that no member has
 */
public record Membership(
    OrderedKeys byName, Chunks<ProfileEndpoints> bySlot, ProfileEndpoints none) {

  static Membership empty(KeyOrder order) {
    return new Membership(OrderedKeys.empty(order), Chunks.empty(), ProfileEndpoints.none(order));
  }

  /** The same members by an order in which they stand as they do. */
  Membership by(KeyOrder order, int slots) {
    Chunks.Editor<ProfileEndpoints> next = bySlot.edit();
    for (int slot = 0; slot < slots; slot++) {
      ProfileEndpoints of = bySlot.get(slot);
      if (of != null) {
        next.set(
            slot,
            new ProfileEndpoints(
                of.placedFresh().by(order), of.placedQuiet().by(order), of.hosts()));
      }
    }
    return new Membership(byName.by(order), next.build(), ProfileEndpoints.none(order));
  }

  Membership with(OrderedKeys hosts, Chunks<ProfileEndpoints> endpoints) {
    return new Membership(hosts, endpoints, none);
  }

  /** The endpoints with that profile; empty where there are none. */
  public ProfileEndpoints endpoints(int slot) {
    ProfileEndpoints some = bySlot.get(slot);
    return some == null ? none : some;
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
