package io.fleetcompat.simulation;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The software of a simulated host where it is another than its driver release says: what somebody
 * has changed. Immutable.
 *
 * @param host values of the whole host by name: {@link #DRIVER}, {@link #KERNEL}
 * @param types values of attributes by name, by type
 */
record SimulatedSoftware(
    SortedMap<String, String> host, SortedMap<String, SortedMap<String, String>> types) {

  static final String DRIVER = "driver";
  static final String KERNEL = "kernel";

  /** All is as the release has it. */
  static final SimulatedSoftware NONE =
      new SimulatedSoftware(Collections.emptySortedMap(), Collections.emptySortedMap());

  SimulatedSoftware {
    host = Collections.unmodifiableSortedMap(new TreeMap<>(host));
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
  }

  /** The version of the driver; empty where it is that of the release. */
  Optional<String> driver() {
    return Optional.ofNullable(host.get(DRIVER));
  }

  /** The kernel release; empty where it is the one that the host came with. */
  Optional<String> kernel() {
    return Optional.ofNullable(host.get(KERNEL));
  }

  /** Attributes of a type. */
  SortedMap<String, String> of(String type) {
    return types.getOrDefault(type, Collections.emptySortedMap());
  }

  /** With another value of the host. */
  SimulatedSoftware with(String name, String value) {
    SortedMap<String, String> other = new TreeMap<>(host);
    other.put(name, value);
    return new SimulatedSoftware(other, types);
  }

  /** With another value of an attribute of a type. */
  SimulatedSoftware with(String type, String attribute, String value) {
    SortedMap<String, String> attributes = new TreeMap<>(of(type));
    attributes.put(attribute, value);
    SortedMap<String, SortedMap<String, String>> other = new TreeMap<>(types);
    other.put(type, attributes);
    return new SimulatedSoftware(host, other);
  }
}
