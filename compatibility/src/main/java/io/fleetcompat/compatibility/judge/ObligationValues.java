package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.inventory.Endpoint;
import java.util.SortedMap;

/**
 * The values of a device's {@code dynamic_resources}: laid over answers, never part of a profile.
 */
public final class ObligationValues {

  private ObligationValues() {}

  /** The value of each attribute that is listed and can be read, by attribute. */
  public static SortedMap<String, String> of(Endpoint source) {
    throw new IllegalStateException("skeleton: " + source);
  }
}
