package io.fleetcompat.cli.inspect;

import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.collector.sysfs.Fault;
import io.fleetcompat.collector.sysfs.Found;
import io.fleetcompat.collector.sysfs.Recording;
import io.fleetcompat.collector.sysfs.readers.Places;
import io.fleetcompat.compatibility.claim.DeviceClaims;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * One look at a host's tree, and what is made of it.
 *
 * @param root as it was typed
 * @param claims what the facts declare of devices
 * @param whole whether these are all groups
 * @param facts the directory of facts, if one was read
 */
record Inspection(
    String root,
    HostReading reading,
    Recording recording,
    DeviceClaims claims,
    List<EndpointGroup> groups,
    boolean whole,
    Optional<Path> facts) {

  /** VFIO's word on devices that can be migrated. */
  static final String DEBUGFS = "kernel/debug/vfio";

  /** The reason why a PCI function is no endpoint, of all that are none. */
  static final String NO_ENDPOINT =
      "no migration interface, no virtual function, bound to no VFIO driver";

  /**
   * A place where something was looked for.
   *
   * @param entries what was found in it; empty where it is not there or not listed
   * @param errno where it cannot be looked at
   */
  record Place(String path, boolean there, Optional<Integer> entries, Optional<String> errno) {}

  static Inspection of(
      String root, HostReading reading, Recording recording, Optional<Path> facts, Judge judge) {
    DeviceClaims claims = DeviceClaims.of(reading.endpointsInContext(), Map.of());
    List<EndpointGroup> groups = new Grouping(reading, recording, claims, judge).groups();
    return new Inspection(root, reading, recording, claims, groups, true, facts);
  }

  /**
   * The same with the group of that endpoint alone.
   *
   * @param failure for an endpoint that there is not
   */
  Inspection only(
      Optional<EndpointName> wanted,
      BiFunction<EndpointName, HostReading, CommandFailure> failure) {
    if (wanted.isEmpty()) {
      return this;
    }
    EndpointName name = wanted.get();
    List<EndpointGroup> group =
        groups.stream()
            .filter(g -> g.members().stream().anyMatch(member -> member.name().equals(name)))
            .toList();
    if (group.isEmpty()) {
      throw failure.apply(name, reading);
    }
    return new Inspection(root, reading, recording, claims, group, false, facts);
  }

  /** All that was skipped, or is not what it should be. */
  List<Problem> problems() {
    return Stream.concat(reading.problems().stream(), claims.problems().stream()).toList();
  }

  /** The number of endpoints of each kind that there is. */
  Map<EndpointKind, Integer> kinds() {
    Map<EndpointKind, Integer> kinds = new TreeMap<>();
    for (Endpoint endpoint : reading.endpoints()) {
      kinds.merge(endpoint.kind(), 1, Integer::sum);
    }
    return kinds;
  }

  /** The places where the readers began. */
  List<Place> places() {
    SortedMap<String, Found> found = recording.found();
    SortedSet<Fault> faults = recording.faults();
    List<Place> places = new ArrayList<>();
    for (String path : Places.ALL) {
      Optional<String> real = recording.real(path);
      boolean there = real.map(node -> found.get(node)).orElse(null) instanceof Found.Directory;
      places.add(
          new Place(
              path,
              there,
              there && !path.equals("devices")
                  ? Optional.of(entries(real.orElse(path), found))
                  : Optional.empty(),
              errno(path, faults)));
    }
    return places;
  }

  /** The state of VFIO's debugfs, which is looked at where something is bound to VFIO. */
  Optional<String> debugfs() {
    boolean asked =
        reading.endpoints().stream()
            .anyMatch(
                endpoint ->
                    endpoint.kind() == EndpointKind.MDEV_DEVICE
                        || (endpoint.own().get("driver") instanceof Attribute.Text(String driver)
                            && driver.contains("vfio")));
    if (!asked) {
      return Optional.empty();
    }
    boolean there = recording.found().get(DEBUGFS) instanceof Found.Directory;
    return Optional.of(
        there
            ? "there"
            : errno(DEBUGFS, recording.faults()).orElse("not there, or no CONFIG_VFIO_DEBUGFS"));
  }

  private static int entries(String directory, SortedMap<String, Found> found) {
    String prefix = directory + "/";
    return (int)
        found.subMap(prefix, directory + "0").keySet().stream()
            .filter(path -> path.indexOf('/', prefix.length()) < 0)
            .count();
  }

  private static Optional<String> errno(String place, Collection<Fault> faults) {
    return faults.stream()
        .filter(fault -> (place + "/").startsWith(fault.path() + "/"))
        .map(fault -> fault.errnoName().orElse(fault.kind().toString()))
        .findFirst();
  }

  /** The PCI functions that are no endpoints, by the driver that holds them; empty for none. */
  SortedMap<String, SortedSet<String>> functions() {
    SortedMap<String, Found> found = recording.found();
    SortedMap<String, SortedSet<String>> byDriver = new TreeMap<>();
    for (String name : reading.functions()) {
      String driver =
          recording
              .real("bus/pci/devices/" + name)
              .map(node -> found.get(node + "/driver"))
              .filter(Found.Link.class::isInstance)
              .map(link -> ((Found.Link) link).target())
              .map(target -> target.substring(target.lastIndexOf('/') + 1))
              .orElse("");
      byDriver.computeIfAbsent(driver, _ -> new TreeSet<>()).add(name);
    }
    return byDriver;
  }
}
