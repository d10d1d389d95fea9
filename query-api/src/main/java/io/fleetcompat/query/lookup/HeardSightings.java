package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Clock;
import java.time.Duration;

/** The sightings of hosts now, by their heartbeats. Any thread. */
public final class HeardSightings implements Sightings {

  /** The longest time that the index may take to place a document that a heartbeat has named. */
  static final Duration PLACED_WITHIN = Duration.ofSeconds(10);

  private final LastSeen lastSeen;
  private final long staleAfter;
  private final long lostAfter;
  private final Clock clock;

  public HeardSightings(LastSeen lastSeen, Duration staleAfter, Duration lostAfter, Clock clock) {
    this.lastSeen = lastSeen;
    this.staleAfter = staleAfter.toMillis();
    this.lostAfter = lostAfter.toMillis();
    this.clock = clock;
  }

  @Override
  public long now() {
    return clock.millis();
  }

  @Override
  public Sighting of(Host host, long now) {
    LastSeen.Heard heard = lastSeen.get(host.id());
    long at = at(heard, host);
    long age = Math.max(0, now - at);
    long behind = behind(heard, host, now);
    return new Sighting(at, age, behind, liveness(host, age, behind));
  }

  @Override
  public boolean isFresh(Host host, long now) {
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
