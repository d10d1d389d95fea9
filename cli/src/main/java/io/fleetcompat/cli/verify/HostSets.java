package io.fleetcompat.cli.verify;

import io.fleetcompat.oracle.DiskFleet;
import io.fleetcompat.oracle.DiskHost;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** The comparison of which hosts and endpoints there are, on disk and in the index. */
final class HostSets {

  private final VerifiedApi api;
  private final SortedSet<String> elsewhere;

  /**
   * @param elsewhere hosts of the index that need not be in the directory
   */
  HostSets(VerifiedApi api, SortedSet<String> elsewhere) {
    this.api = api;
    this.elsewhere = elsewhere;
  }

  /** The hosts that only one side has, one sentence each, sorted. */
  SortedSet<String> findings(DiskFleet fleet) {
    SortedSet<String> findings = new TreeSet<>();
    SortedSet<String> indexed = api.hosts();
    for (String host : indexed) {
      if (!fleet.hosts().containsKey(host) && !elsewhere.contains(host)) {
        findings.add("host " + host + " is in the index and not on disk");
      }
    }
    for (DiskHost host : fleet.hosts().values()) {
      if (indexed.contains(host.name())) {
        endpoints(host, findings);
      } else {
        findings.add("host " + host.name() + " is on disk and not in the index");
      }
    }
    return findings;
  }

  private void endpoints(DiskHost host, SortedSet<String> findings) {
    SortedMap<String, Integer> known = api.endpoints(host.name());
    for (String endpoint : known.keySet()) {
      if (!host.endpoints().containsKey(endpoint) && !isFullType(endpoint, known)) {
        findings.add(
            "endpoint "
                + DiskHost.reference(host.name(), endpoint)
                + " is in the index and not on disk");
      }
    }
    for (String endpoint : host.endpoints().keySet()) {
      if (!known.containsKey(endpoint)) {
        findings.add(
            "endpoint "
                + DiskHost.reference(host.name(), endpoint)
                + " is on disk and not in the index");
      }
    }
  }

  /** A type that cannot be created now may be remembered: one look at a tree does not show it. */
  private static boolean isFullType(String endpoint, SortedMap<String, Integer> known) {
    return endpoint.contains("/") && Integer.valueOf(0).equals(known.get(endpoint));
  }
}
