package io.fleetcompat.compatibility.pack;

import java.util.Comparator;

/**
 * The time at which a mismatch would be found while a machine migrates, and how it is known.
 *
 * @param inferred true where no document says it, so that it is no fact
 */
public record Failure(FailureTime time, boolean inferred) implements Comparable<Failure> {

  private static final Comparator<Failure> EARLIEST =
      Comparator.comparing(Failure::time).thenComparing(Failure::inferred);

  /** A time that documents say. */
  public static Failure documented(FailureTime time) {
    return new Failure(time, false);
  }

  /** The earliest first; of equal ones that which is documented. */
  @Override
  public int compareTo(Failure other) {
    return EARLIEST.compare(this, other);
  }

  @Override
  public String toString() {
    return time.toString();
  }
}
