package io.fleetcompat.alerts;

import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Duration;

/**
 * A rule: when something is to be told of a pool.
 *
 * @param name of its alerts
 * @param of what is counted, where devices and types are counted apart
 * @param bound which its measure passes
 * @param holdFor for so long before it fires; Prometheus' {@code for}
 * @param keepFiringFor it fires on for so long after what it says does not hold any more
 * @param severity a label of its alerts
 * @param pools that it is about
 */
public record AlertRule(
    String name,
    Measure measure,
    CountedEndpoints of,
    Bound bound,
    Duration holdFor,
    Duration keepFiringFor,
    String severity,
    NamePatterns pools) {

  /**
   * A bound with hysteresis.
   *
   * @param direction in which the measure passes it
   * @param at the bound itself is not beyond it
   * @param clearsAt once passed, it is so until the measure is back at this
   */
  public record Bound(Direction direction, long at, long clearsAt) {

    public Bound {
      boolean beyond = direction == Direction.ABOVE ? clearsAt > at : clearsAt < at;
      if (beyond) {
        throw new IllegalArgumentException(
            "expected clears-at not beyond the bound %d, found %d".formatted(at, clearsAt));
      }
    }

    /** True where a number is beyond it, or is not back yet. */
    boolean isPassed(Fraction number, boolean before) {
      int side = number.compareTo(before ? clearsAt : at);
      return direction == Direction.ABOVE ? side > 0 : side < 0;
    }
  }

  /** The sides of a bound. */
  public enum Direction {
    ABOVE,
    BELOW
  }

  /**
   * True where what it says is so of a pool.
   *
   * @param before whether it was so before
   */
  boolean holds(PoolHealthRecord health, boolean before) {
    return pools.contains(health.getPool())
        && measure.in(health, of).filter(number -> bound.isPassed(number, before)).isPresent();
  }
}
