package io.fleetcompat.compatibility.pack;

/** The sides of a pair, as an operator about one value means them. */
public enum Side {
  BOTH("both"),
  SOURCE("source"),
  DESTINATION("destination");

  private final String spelling;

  Side(String spelling) {
    this.spelling = spelling;
  }

  static Side of(String spelling) {
    return spelling.isEmpty() ? BOTH : Spelled.one(values(), spelling);
  }

  boolean hasSource() {
    return this != DESTINATION;
  }

  boolean hasDestination() {
    return this != SOURCE;
  }

  /** The words for it in a sentence: {@code at the source}. */
  String place() {
    return this == BOTH ? "at both sides" : "at the " + this;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
