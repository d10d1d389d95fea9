package io.fleetcompat.compatibility.health;

/**
 * Numbers of endpoints.
 *
 * @param devices that exist
 * @param types that could be created
 */
public record EndpointCounts(int devices, int types) {

  public static final EndpointCounts NONE = new EndpointCounts(0, 0);

  public EndpointCounts {
    if (devices < 0 || types < 0) {
      throw new IllegalArgumentException(
          "expected counts of 0 or more, found " + devices + " devices and " + types + " types");
    }
  }

  public EndpointCounts plus(EndpointCounts more) {
    return new EndpointCounts(devices + more.devices, types + more.types);
  }

  /** These without some of them. */
  public EndpointCounts minus(EndpointCounts some) {
    return new EndpointCounts(devices - some.devices, types - some.types);
  }

  public boolean isNone() {
    return devices == 0 && types == 0;
  }
}
