package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.schemas.avro.Liveness;

/**
 * The sightings of hosts at a time that is past: their liveness as the index had it. Heartbeats are
 * kept by nobody. Any thread.
 *
 * @param now the time, in milliseconds since 1970
 */
public record PastSightings(long now) implements Sightings {

  @Override
  public Sighting of(Host host, long now) {
    return new Sighting(NOT_KNOWN, 0, 0, host.placed().liveness());
  }

  @Override
  public boolean isFresh(Host host, long now) {
    return host.placed().liveness() == Liveness.FRESH;
  }
}
