package io.fleetcompat.compatibility.judge;

/**
 * The answer of one host's driver to a version string that was written to it.
 *
 * @param host where it was written
 * @param endpoint the device or type whose attribute it was
 * @param at when, by that host's clock, as ISO 8601 spells it
 * @param errno the kernel's number; 0 where the driver took the string
 * @param name the errno's name; empty where the driver took the string
 */
public record DriverAnswer(String host, String endpoint, String at, int errno, String name) {

  public DriverAnswer {
    if (errno < 0 || name.isEmpty() != (errno == 0)) {
      throw new IllegalArgumentException(
          "expected an errno with its name, or 0 with none, found " + errno + " '" + name + "'");
    }
  }

  public boolean isAccepted() {
    return errno == 0;
  }

  /** The host that answered, its answer and the time. */
  @Override
  public String toString() {
    return "%s %s (%s, %s)"
        .formatted(
            host,
            isAccepted() ? "accepted it" : "refused it with " + name + " (" + errno + ")",
            endpoint,
            at);
  }
}
