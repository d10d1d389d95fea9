package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.LastSeen.Vouching;
import io.fleetcompat.query.replica.Use;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Duration;

/**
 * The sightings of hosts: when each was last seen, and whether that is too long ago. Any thread.
 */
public sealed interface Sightings permits HeardSightings, PastSightings {

  /** The time that stands for a sighting that nobody knows. */
  long NOT_KNOWN = -1;

  /**
   * @param lastSeen milliseconds since 1970; {@link #NOT_KNOWN} where that is not known any more
   * @param age milliseconds since then
   * @param behind milliseconds for which the index has lacked a newer document of the host, at
   *     least 1; 0 where it does not
   * @param vouching whether the host's heartbeats vouch for the document that is indexed
   */
  record Sighting(long lastSeen, long age, long behind, Vouching vouching, Liveness liveness) {
    public boolean isFresh() {
      return liveness == Liveness.FRESH;
    }

    /** True where the host's newest heartbeat tells of now: not of the past, nor long ago. */
    boolean isOfNow() {
      return isFresh() && lastSeen != NOT_KNOWN;
    }
  }

  /**
   * The same sightings for a caller who takes another risk: a host of which the index has lacked a
   * newer document for longer is stale.
   *
   * @param maxBehind zero: as soon as there is one
   */
  Sightings within(Duration maxBehind);

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

  /** True where these are sightings of a past, of which no heartbeat is known. */
  boolean areOfThePast();

  /** The use of a device that exists, as the host's heartbeats tell it now. */
  default Use use(Host host, String device, long now) {
    Use told = host.capacities().use(device);
    return told == Use.UNKNOWN || areOfThePast() || !isFresh(host, now) ? Use.UNKNOWN : told;
  }
}
