package io.fleetcompat.query.replica;

import org.roaringbitmap.RoaringBitmap;

/**
 * The endpoints that have one profile, within the fleet or a pool.
 *
 * @param fresh of hosts that the indexer holds fresh
 * @param quiet of the others
 * @param hosts numbers of all of these hosts; not changed after this was made
 */
public record Members(OrderedKeys fresh, OrderedKeys quiet, RoaringBitmap hosts) {

  public int endpoints() {
    return fresh.size() + quiet.size();
  }
}
