package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.LastSeen.Vouching;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Duration;

/**
 * The sightings of hosts at a time that is past: their liveness as the index had it. Heartbeats are
 * kept by nobody. Any thread.
 *
 * @param now the time, in milliseconds since 1970
 */
public record PastSightings(long now) implements Sightings {

  @Override
  public Sightings within(Duration maxBehind) {
    return this;
  }

  @Override
  public Sighting of(Host host, long now) {
    return new Sighting(NOT_KNOWN, 0, 0, Vouching.VOUCHED, host.placed().liveness());
  }

  @Override
  public boolean isFresh(Host host, long now) {
    return host.placed().liveness() == Liveness.FRESH;
  }

  @Override
  public boolean areOfThePast() {
    return true;
  }
}
