package io.fleetcompat.compatibility.judge;

/** One of the two endpoints that a verdict is about. */
public enum Side {
  SOURCE("source"),
  DESTINATION("destination");

  private final String spelling;

  Side(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
