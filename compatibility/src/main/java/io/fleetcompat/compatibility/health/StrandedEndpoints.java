package io.fleetcompat.compatibility.health;

import java.util.Optional;

/**
 * The endpoints of one profile that cannot move: all of them, or those of the only host that has a
 * destination for the profile.
 */
record StrandedEndpoints(PoolContents contents, int slot, Optional<Integer> onlyHost) {

  EndpointCounts counts() {
    return onlyHost.map(host -> contents.endpointsOn(slot, host)).orElse(contents.endpoints(slot));
  }

  /** Those for which a set has another host than their own. */
  EndpointCounts withOther(HostCount hosts) {
    if (onlyHost.isPresent()) {
      return hosts.hasOther(onlyHost.get()) ? counts() : EndpointCounts.NONE;
    }
    if (hosts.isNone()) {
      return EndpointCounts.NONE;
    }
    return hosts
        .single()
        .map(host -> counts().minus(contents.endpointsOn(slot, host)))
        .orElse(counts());
  }
}
