package io.fleetcompat.query.replica;

import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.KeyOrder;

/**
 * The names of hosts and pools, as all views of one replica share them.
 *
 * @param hosts their numbers
 * @param pools their numbers
 * @param order of the hosts
 */
record FleetNames(Dictionary<String> hosts, Dictionary<String> pools, KeyOrder order) {

  static FleetNames create() {
    return new FleetNames(new Dictionary<>(), new Dictionary<>(), new KeyOrder());
  }

  /**
   * The number of that host; given now if it is new.
   *
   * @throws IllegalStateException where a replica cannot tell more hosts apart
   */
  int number(String host) {
    int known = hosts.find(host);
    if (known < 0 && hosts.size() == CandidateKey.MAX_HOSTS) {
      throw new IllegalStateException(
          "expected at most "
              + CandidateKey.MAX_HOSTS
              + " names of hosts; start the replica again");
    }
    return known < 0 ? hosts.add(host) : known;
  }
}
