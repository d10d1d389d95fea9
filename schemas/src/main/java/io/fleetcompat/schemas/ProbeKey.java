package io.fleetcompat.schemas;

/**
 * The key of what drivers answered to one question.
 *
 * @param string hash of the source's string, in hexadecimal
 * @param destination hash of the class that was asked, likewise
 */
public record ProbeKey(String string, String destination) {

  /** {@code string/destination}. */
  @Override
  public String toString() {
    return string + "/" + destination;
  }
}
