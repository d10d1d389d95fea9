package io.fleetcompat.query.whatif;

/** The refusal of a change that cannot be made: what was expected, and what was found. */
public final class ImpossibleChangeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** The thing that is not there, or does not fit. */
  public enum What {
    HOST,
    POOL,
    CHANGE
  }

  private final What what;

  ImpossibleChangeException(What what, String message) {
    super(message, null, false, false);
    this.what = what;
  }

  ImpossibleChangeException(String message) {
    this(What.CHANGE, message);
  }

  public What what() {
    return what;
  }
}
