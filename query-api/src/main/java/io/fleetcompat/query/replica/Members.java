package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.KeyOrder;
import io.fleetcompat.query.replica.keys.OrderedKeys;

/**
 * The endpoints that have one profile, within the fleet or a pool.
 *
 * @param fresh of hosts that the indexer holds fresh
 * @param quiet of the others
 * @param hosts how many hosts these are
 */
public record Members(OrderedKeys fresh, OrderedKeys quiet, int hosts) {

  static Members none(KeyOrder order) {
    return new Members(OrderedKeys.empty(order), OrderedKeys.empty(order), 0);
  }

  public int endpoints() {
    return fresh.size() + quiet.size();
  }
}
