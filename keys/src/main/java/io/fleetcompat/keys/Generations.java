package io.fleetcompat.keys;

import io.fleetcompat.schemas.avro.RegisteredKey;
import java.time.Instant;

/**
 * The generations of a host's key that count, as the topic {@code keys} has them. Immutable.
 *
 * @param oldest that is accepted, from 1
 * @param newest of them; {@code oldest - 1} where none was given out
 * @param revoked true where none is accepted any more
 * @param removed true where the host is out of service as well
 */
public record Generations(int oldest, int newest, boolean revoked, boolean removed) {

  /** Generations of a host that is in service. */
  public Generations(int oldest, int newest, boolean revoked) {
    this(oldest, newest, revoked, false);
  }

  /** A host that has no key. */
  public static final Generations NONE = new Generations(1, 0, false);

  /** Every generation, for whoever leaves that question to others. */
  public static final Generations ANY = new Generations(1, Integer.MAX_VALUE, false);

  /** The generations in a record of the topic. */
  public static Generations of(RegisteredKey record) {
    return new Generations(
        record.getOldest(), record.getNewest(), record.getRevoked(), record.getRemoved());
  }

  /** True where records with the mark of that generation count. */
  public boolean accept(int generation) {
    return !revoked && oldest <= generation && generation <= newest;
  }

  /** The same without those before that one. */
  public Generations from(int generation) {
    return new Generations(Math.max(oldest, generation), newest, revoked, removed);
  }

  /**
   * The oldest generation that nobody has taken away: what was said with an older one is not
   * believed in hindsight either. A generation that was only replaced was good while it counted.
   */
  public int trustedFrom() {
    return revoked ? newest + 1 : oldest;
  }

  /** True where the others were decided later: they take away more, or give out more. */
  public boolean isBefore(Generations others) {
    if (newest != others.newest) {
      return newest < others.newest;
    }
    return oldest < others.oldest || (!revoked && others.revoked) || (!removed && others.removed);
  }

  /** True where some generation counts. */
  public boolean isActive() {
    return accept(newest);
  }

  /**
   * A new generation beside those that count, which do so until the host has used the new one, or
   * the only one where none counts.
   *
   * @throws IllegalStateException if there have been too many
   */
  public Generations rotated() {
    if (newest == Integer.MAX_VALUE) {
      throw new IllegalStateException("expected fewer than 2^31 generations, found as many");
    }
    return new Generations(isActive() ? oldest : newest + 1, newest + 1, false);
  }

  /** The newest generation alone. */
  public Generations newestAlone() {
    return new Generations(newest, newest, revoked, removed);
  }

  /** None of them any more. */
  public Generations withdrawn() {
    return new Generations(oldest, newest, true, removed);
  }

  /** None of them any more, and nothing is known of the host either. */
  public Generations outOfService() {
    return new Generations(oldest, newest, true, true);
  }

  /** The record of the topic. */
  public RegisteredKey record(Instant at, String reason) {
    return new RegisteredKey(oldest, newest, revoked, at, reason, removed);
  }
}
