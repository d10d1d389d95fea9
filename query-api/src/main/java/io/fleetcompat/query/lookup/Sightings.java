package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Clock;
import java.time.Duration;

/** Says of hosts when they were last heard of, and whether that is too long ago. Any thread. */
public final class Sightings {

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
   */
  public record Sighting(long lastSeen, long age, Liveness liveness) {
    public boolean isFresh() {
      return liveness == Liveness.FRESH;
    }
  }

  public Sighting of(Host host) {
    return of(host, now());
  }

  /** Milliseconds since 1970. */
  public long now() {
    return clock.millis();
  }

  /** The same for whoever asks of several hosts at one time. */
  public Sighting of(Host host, long now) {
    long heartbeat = lastSeen.get(host.id());
    long at = heartbeat == 0 ? host.placed().observedAt() : heartbeat;
    long age = Math.max(0, now - at);
    return new Sighting(at, age, worse(host.placed().liveness(), byAge(age)));
  }

  public boolean isFresh(Host host) {
    return of(host).isFresh();
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
