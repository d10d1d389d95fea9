package io.fleetcompat.indexer.tick;

/**
 * A bound on the share of its thread that work takes which is never finished while inputs change:
 * after each spell of it there is a rest that is so many times as long. One stream thread.
 */
public final class WorkShare {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int rest;
  private long worked;
  private long restSince;
  private long restUntil;

  /**
   * No rest before the first spell.
   *
   * @param rest how many times as long as a spell the rest after it is
   */
  public WorkShare(int rest) {
    this.rest = rest;
  }

  /**
   * True while it has to rest; a clock that was set back ends the rest.
   *
   * @param now by the wall clock, in milliseconds
   */
  public boolean isResting(long now) {
    return now >= restSince && now < restUntil;
  }

  /** Adds work to the spell, in nanoseconds. */
  public void add(long nanos) {
    worked += nanos;
  }

  /**
   * Ends a spell, where there was work in it: the rest begins.
   *
   * @param began when it began, by the wall clock, in milliseconds
   */
  public void endSpell(long began) {
    if (worked > 0) {
      long millis = worked / NANOS_PER_MILLI;
      restSince = began;
      restUntil = began + millis + rest * millis;
      worked = 0;
    }
  }
}
