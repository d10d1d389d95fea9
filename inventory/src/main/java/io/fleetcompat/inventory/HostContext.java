package io.fleetcompat.inventory;

import io.fleetcompat.inventory.HostReading.Driver;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts of a host that all its endpoints share: one object for all of them. No facet uses them
 * yet, so they are no part of a profile; rules for vendors' drivers will. Immutable.
 *
 * @param kernel kernel release, where known
 * @param drivers the drivers that hold an endpoint, by name
 * @param facts {@code name=value} lines of {@code *.facts} files
 */
public record HostContext(
    Optional<String> kernel, SortedMap<String, Driver> drivers, SortedMap<String, String> facts) {

  /** The context of a host of which nothing is known. */
  public static final HostContext UNKNOWN =
      new HostContext(Optional.empty(), Collections.emptySortedMap(), Collections.emptySortedMap());

  public HostContext {
    drivers = Collections.unmodifiableSortedMap(new TreeMap<>(drivers));
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  public static HostContext of(
      Optional<String> kernel, List<Driver> drivers, SortedMap<String, String> facts) {
    SortedMap<String, Driver> byName = new TreeMap<>();
    drivers.forEach(driver -> byName.put(driver.name(), driver));
    return new HostContext(kernel, byName, facts);
  }
}
