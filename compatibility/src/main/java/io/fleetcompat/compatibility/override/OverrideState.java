package io.fleetcompat.compatibility.override;

/** The states of an override: only one {@link #IN_FORCE} counts. */
public enum OverrideState {
  IN_FORCE("in-force"),
  EXPIRED("expired"),
  /** Another one says that it takes this one's place. */
  REPLACED("replaced"),
  /** It is one of several that replace each other in a circle: none of them counts. */
  CIRCULAR("circular"),
  /** There are more than may count, and this is none of the first. */
  BEYOND_LIMIT("beyond-limit");

  private final String spelling;

  OverrideState(String spelling) {
    this.spelling = spelling;
  }

  @Override
  public String toString() {
    return spelling;
  }
}
