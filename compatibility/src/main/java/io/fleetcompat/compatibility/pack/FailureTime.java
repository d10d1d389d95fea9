package io.fleetcompat.compatibility.pack;

/** The moments at which a mismatch would be found while a machine migrates. */
public enum FailureTime {
  /** Before the source stops: the machine runs on. */
  EARLY("early"),
  /** In the blackout, after the source has stopped. */
  LATE("late");

  private final String spelling;

  FailureTime(String spelling) {
    this.spelling = spelling;
  }

  static FailureTime of(String spelling) {
    return spelling.isEmpty() ? EARLY : Spelled.one(values(), spelling);
  }

  @Override
  public String toString() {
    return spelling;
  }
}
