package io.fleetcompat.cli.verify;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.NaiveOverrides;
import io.fleetcompat.oracle.NaiveOverrides.Side;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The overrides that the verified API says count now, for endpoints as the disk has them. Any
 * thread.
 */
final class CountingOverrides {

  private final NaiveOverrides overrides;
  private final Map<Endpoint, String> profiles = new ConcurrentHashMap<>();

  CountingOverrides(NaiveOverrides overrides) {
    this.overrides = overrides;
  }

  /** The names of an endpoint; nothing is made of it where there are no overrides. */
  Side side(Endpoint endpoint, Optional<String> pool) {
    return new Side(overrides.isEmpty() ? "" : profile(endpoint), endpoint, pool);
  }

  private String profile(Endpoint endpoint) {
    return profiles.computeIfAbsent(endpoint, e -> Profile.of(e).fingerprint().toString());
  }

  /** The rules that are turned off for a pair. */
  Set<String> turnedOff(Side source, Side destination) {
    return overrides.isEmpty() ? Set.of() : overrides.turnedOff(source, destination);
  }
}
