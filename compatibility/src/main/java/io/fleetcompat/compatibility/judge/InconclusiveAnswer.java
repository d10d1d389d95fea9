package io.fleetcompat.compatibility.judge;

/**
 * The answer of a host that was asked about a version string, and told neither yes nor no: it
 * decides nothing, and the question is asked again.
 *
 * @param host that was asked
 * @param endpoint the device or type whose attribute it was
 * @param at when, as ISO 8601 spells it
 * @param name of the kernel's errno; empty where it was not the kernel that failed
 * @param detail what was expected and found; empty where the errno says all
 */
public record InconclusiveAnswer(
    String host, String endpoint, String at, String name, String detail) {

  /** The host that was asked, when, and the outcome. */
  @Override
  public String toString() {
    return "%s was asked at %s (%s): %s".formatted(host, at, endpoint, why());
  }

  /** Most details name the errno themselves. */
  private String why() {
    if (name.isEmpty() || detail.contains(name)) {
      return detail.isEmpty() ? "it said nothing" : detail;
    }
    return detail.isEmpty() ? name : name + ", " + detail;
  }
}
