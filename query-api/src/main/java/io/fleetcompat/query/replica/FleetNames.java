package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.KeyOrder;

/**
 * The names of hosts and pools, as all views of one replica share them.
 *
 * @param hosts their numbers
 * @param pools their numbers
 * @param order of the hosts
 * @param spellings of the names of hosts
 */
record FleetNames(
    Dictionary<String> hosts, Dictionary<String> pools, KeyOrder order, HostSpellings spellings) {

  /** Most names of pools that a replica meets before it has to be started again. */
  private static final int MAX_POOLS = 1 << 20;

  static FleetNames create() {
    Dictionary<String> hosts = new Dictionary<>(CandidateKey.MAX_HOSTS);
    return new FleetNames(
        hosts, new Dictionary<>(MAX_POOLS), new KeyOrder(), new HostSpellings(hosts));
  }

  /** The same names, apart from these from now on. */
  FleetNames copy() {
    HostSpellings copied = spellings.copy();
    return new FleetNames(copied.names(), pools.copy(), order.copy(), copied);
  }

  /**
   * The number of that host; given now if it is new.
   *
   * @throws IllegalStateException where a replica cannot tell more hosts apart
   */
  int number(String host) {
    return spellings.number(host);
  }

  /**
   * The number of that pool; given now if it is new.
   *
   * @throws IllegalStateException where a replica cannot tell more pools apart
   */
  int poolNumber(String pool) {
    return pools.add(pool);
  }
}
