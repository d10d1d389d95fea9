package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.LastSeen;
import io.fleetcompat.query.replica.LastSeen.Vouching;
import io.fleetcompat.schemas.avro.Liveness;
import java.time.Clock;
import java.time.Duration;

/** The sightings of hosts now, by their heartbeats. Any thread. */
public final class HeardSightings implements Sightings {

  /**
   * The longest time that the index may take to place a document that a heartbeat has named, where
   * a caller does not say.
   */
  public static final Duration MAX_BEHIND = Duration.ofSeconds(10);

  private final LastSeen lastSeen;
  private final long staleAfter;
  private final long lostAfter;
  private final long maxBehind;
  private final Clock clock;

  public HeardSightings(LastSeen lastSeen, Duration staleAfter, Duration lostAfter, Clock clock) {
    this(lastSeen, staleAfter.toMillis(), lostAfter.toMillis(), MAX_BEHIND.toMillis(), clock);
  }

  private HeardSightings(
      LastSeen lastSeen, long staleAfter, long lostAfter, long maxBehind, Clock clock) {
    this.lastSeen = lastSeen;
    this.staleAfter = staleAfter;
    this.lostAfter = lostAfter;
    this.maxBehind = maxBehind;
    this.clock = clock;
  }

  @Override
  public HeardSightings within(Duration behind) {
    return new HeardSightings(lastSeen, staleAfter, lostAfter, behind.toMillis(), clock);
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
    Vouching vouching = heard.vouching(host.placed().document());
    return new Sighting(at, age, behind, vouching, liveness(host, age, behind, vouching));
  }

  @Override
  public boolean isFresh(Host host, long now) {
    LastSeen.Heard heard = lastSeen.get(host.id());
    long age = Math.max(0, now - at(heard, host));
    return liveness(host, age, behind(heard, host, now), heard.vouching(host.placed().document()))
        == Liveness.FRESH;
  }

  @Override
  public boolean areOfThePast() {
    return false;
  }

  private static long at(LastSeen.Heard heard, Host host) {
    return heard.at() == 0 ? host.placed().observedAt() : heard.at();
  }

  private Liveness liveness(Host host, long age, long behind, Vouching vouching) {
    boolean believed = behind <= maxBehind && vouching == Vouching.VOUCHED;
    Liveness byIndex = believed ? Liveness.FRESH : Liveness.STALE;
    return worse(worse(host.placed().liveness(), byAge(age)), byIndex);
  }

  /** At least one millisecond where anything is missing: the caller may take no risk at all. */
  private long behind(LastSeen.Heard heard, Host host, long now) {
    long since = heard.missingSince(host.placed().document(), staleAfter);
    return since == LastSeen.NEVER ? 0 : Math.max(1, now - since);
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
