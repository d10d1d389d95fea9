package io.fleetcompat.simulation;

/** The end of playing something that no simulated tree can show. */
public final class UnplayableException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected, and what was found
   */
  public UnplayableException(String message) {
    super(message);
  }
}
