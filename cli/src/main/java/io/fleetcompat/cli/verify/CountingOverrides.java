package io.fleetcompat.cli.verify;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.oracle.NaiveOverrides;
import io.fleetcompat.oracle.NaiveOverrides.Side;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The overrides that count now, for endpoints as the disk has them. Any thread. */
final class CountingOverrides {

  private final Supplier<NaiveOverrides> reader;
  private final InstantSource clock;
  private final Map<Endpoint, String> profiles = new ConcurrentHashMap<>();
  private volatile NaiveOverrides overrides;

  /**
   * @param reader of all that there are, as often as it is asked
   */
  CountingOverrides(Supplier<NaiveOverrides> reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
    this.overrides = reader.get();
  }

  /** Takes what was added and removed meanwhile. */
  void readAgain() {
    overrides = reader.get();
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
    NaiveOverrides now = overrides;
    return now.isEmpty() ? Set.of() : now.turnedOff(source, destination, clock.instant());
  }
}
