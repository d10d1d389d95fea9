package io.fleetcompat.inventory;

import io.fleetcompat.inventory.HostReading.Driver;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The knowledge about a host that all its endpoints share: one object for all of them. Immutable.
 *
 * @param kernel kernel release, where known
 * @param drivers the drivers that hold an endpoint, its parent or its physical function, by name
 * @param facts what {@code *.facts} files say of the whole host, by name; malformed where a value
 *     cannot be used
 */
public record HostContext(
    Optional<String> kernel, SortedMap<String, Driver> drivers, Attributes facts) {

  /** The context of a host of which nothing is known. */
  public static final HostContext UNKNOWN =
      new HostContext(Optional.empty(), Collections.emptySortedMap(), Attributes.NONE);

  public HostContext {
    drivers = Collections.unmodifiableSortedMap(new TreeMap<>(drivers));
  }

  public static HostContext of(Optional<String> kernel, List<Driver> drivers, Attributes facts) {
    SortedMap<String, Driver> byName = new TreeMap<>();
    drivers.forEach(driver -> byName.put(driver.name(), driver));
    return new HostContext(kernel, byName, facts);
  }
}
