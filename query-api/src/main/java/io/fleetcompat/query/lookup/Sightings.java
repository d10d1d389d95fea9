package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.schemas.avro.Liveness;

/**
 * The sightings of hosts: when each was last seen, and whether that is too long ago. Any thread.
 */
public sealed interface Sightings permits HeardSightings, PastSightings {

  /** The time that stands for a sighting that nobody knows. */
  long NOT_KNOWN = -1;

  /**
   * @param lastSeen milliseconds since 1970; {@link #NOT_KNOWN} where that is not known any more
   * @param age milliseconds since then
   * @param behind milliseconds for which the index has lacked a newer document; 0 where it does not
   */
  record Sighting(long lastSeen, long age, long behind, Liveness liveness) {
    public boolean isFresh() {
      return liveness == Liveness.FRESH;
    }
  }

  /** The time that answers are given for, in milliseconds since 1970. */
  long now();

  /** The sighting of a host at a time: the same time for all that one answer shows. */
  Sighting of(Host host, long now);

  /** Likewise, of an endpoint's host. */
  default Sighting of(IndexedEndpoint endpoint, long now) {
    return of(endpoint.host(), now);
  }

  /** True where a host has been heard of; for whoever asks of many hosts and of nothing else. */
  boolean isFresh(Host host, long now);
}
