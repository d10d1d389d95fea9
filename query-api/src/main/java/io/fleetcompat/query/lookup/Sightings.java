package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Clock;
import java.time.Duration;

/**
 * The sightings of hosts: when each was last seen, and whether that is too long ago. Any thread.
 */
public final class Sightings {

  /** The longest time that the index may take to place a document that a heartbeat has named. */
  static final Duration PLACED_WITHIN = Duration.ofSeconds(10);

  private final LastSeen lastSeen;
  private final long staleAfter;
  private final long lostAfter;
  private final Clock clock;

  public Sightings(LastSeen lastSeen, Duration staleAfter, Duration lostAfter, Clock clock) {
    this.lastSeen = lastSeen;
    this.staleAfter = staleAfter.toMillis();
    this.lostAfter = lostAfter.toMillis();
    this.clock = clock;
  }

  /**
   * @param lastSeen milliseconds since 1970
   * @param age milliseconds since then
   * @param behind milliseconds for which the index has lacked a newer document; 0 where it does not
   */
  public record Sighting(long lastSeen, long age, long behind, Liveness liveness) {
    public boolean isFresh() {
      return liveness == Liveness.FRESH;
    }
  }

  /** The sighting of an endpoint's host at a time: the same time for all that one answer shows. */
  public Sighting of(IndexedEndpoint endpoint, long now) {
    return of(endpoint.host(), now);
  }

  /** Milliseconds since 1970. */
  public long now() {
    return clock.millis();
  }

  /** The sighting of a host at a time: the same time for all that one answer shows. */
  Sighting of(Host host, long now) {
    LastSeen.Heard heard = lastSeen.get(host.id());
    long at = at(heard, host);
    long age = Math.max(0, now - at);
    long behind = behind(heard, host, now);
    return new Sighting(at, age, behind, liveness(host, age, behind));
  }

  /** True where a host has been heard of; for whoever asks of many hosts and of nothing else. */
  boolean isFresh(Host host, long now) {
    LastSeen.Heard heard = lastSeen.get(host.id());
    long age = Math.max(0, now - at(heard, host));
    return liveness(host, age, behind(heard, host, now)) == Liveness.FRESH;
  }

  private static long at(LastSeen.Heard heard, Host host) {
    return heard.at() == 0 ? host.placed().observedAt() : heard.at();
  }

  private Liveness liveness(Host host, long age, long behind) {
    Liveness byIndex = behind > 0 ? Liveness.STALE : Liveness.FRESH;
    return worse(worse(host.placed().liveness(), byAge(age)), byIndex);
  }

  private static long behind(LastSeen.Heard heard, Host host, long now) {
    long behind = now - heard.missingSince(host.placed().version());
    return behind > PLACED_WITHIN.toMillis() ? behind : 0;
  }

  private Liveness byAge(long age) {
    if (age > lostAfter) {
      return Liveness.LOST;
    }
    return age > staleAfter ? Liveness.STALE : Liveness.FRESH;
  }

  private static Liveness worse(Liveness a, Liveness b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
