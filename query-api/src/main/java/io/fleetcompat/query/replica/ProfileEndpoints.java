package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.KeyOrder;
import io.fleetcompat.query.replica.keys.OrderedKeys;

/**
 * The endpoints that have one profile, within the fleet or a pool.
 *
 * @param placedFresh of hosts that the indexer holds fresh
 * @param placedQuiet of the others
 * @param hosts how many hosts these are
 */
public record ProfileEndpoints(OrderedKeys placedFresh, OrderedKeys placedQuiet, int hosts) {

  static ProfileEndpoints none(KeyOrder order) {
    return new ProfileEndpoints(OrderedKeys.empty(order), OrderedKeys.empty(order), 0);
  }

  public boolean isEmpty() {
    return endpoints() == 0;
  }

  public int endpoints() {
    return placedFresh.size() + placedQuiet.size();
  }
}
