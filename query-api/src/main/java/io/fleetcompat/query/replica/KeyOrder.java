package io.fleetcompat.query.replica;

/** The order of candidates: capacity descending, then host name, then endpoint name. */
final class KeyOrder {

  private final Dictionary<String> hosts;

  KeyOrder(Dictionary<String> hosts) {
    this.hosts = hosts;
  }

  int compare(long a, long b) {
    int byCapacity = Long.compare(CandidateKey.capacityOrder(a), CandidateKey.capacityOrder(b));
    if (byCapacity != 0) {
      return byCapacity;
    }
    int hostA = CandidateKey.host(a);
    int hostB = CandidateKey.host(b);
    if (hostA != hostB) {
      return hosts.name(hostA).compareTo(hosts.name(hostB));
    }
    return Integer.compare(CandidateKey.index(a), CandidateKey.index(b));
  }
}
