package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.OrderedKeys;

/** Heartbeats of all hosts of a view that was built by hand. */
public final class HeardFleet {

  private HeardFleet() {}

  /**
   * The facts about hosts that each vouch for the document that they are placed by.
   *
   * @param at milliseconds since 1970
   */
  public static LastSeen of(IndexView view, long at) {
    Replica replica = new Replica(view);
    hear(replica, at);
    return replica.lastSeen();
  }

  /** The hosts of a replica's view vouch for the documents that they are placed by. */
  public static void hear(Replica replica, long at) {
    FleetImage fleet = replica.snapshot().view().fleet();
    OrderedKeys.Walk all = fleet.members().byName().from(0);
    while (all.hasNext()) {
      Host host = fleet.hostOf(all.next());
      replica.seen(host.name(), at, host.placed().document());
    }
  }
}
