package io.fleetcompat.compatibility.pack;

/**
 * The meanings of a value that nobody supplied: absent or unreadable. A malformed one never becomes
 * less than unknown.
 */
public enum MissingValue {
  UNKNOWN("unknown"),
  WARNING("warning"),
  NOT_APPLICABLE("not-applicable");

  private final String spelling;

  MissingValue(String spelling) {
    this.spelling = spelling;
  }

  static MissingValue of(String spelling, MissingValue otherwise) {
    return spelling.isEmpty() ? otherwise : Spelled.one(values(), spelling);
  }

  @Override
  public String toString() {
    return spelling;
  }
}
