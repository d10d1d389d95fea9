package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.Limits;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts of one host and of its devices, within the bounds on their number and size; of two of
 * the same name the later one counts. For one thread.
 */
final class HostFacts {

  private final SortedMap<String, Attribute> ofHost = new TreeMap<>();
  private final Map<String, Map<String, Attribute>> byDevice = new HashMap<>();

  /** The first line about each device. */
  private final Map<String, Place> places = new HashMap<>();

  /** The devices of which something on the host has asked. */
  private final Set<String> asked = new HashSet<>();

  private int count;
  private long bytes;

  /** A line of a file. */
  record Place(String file, int line) {}

  /** Adds a fact; false where that is beyond the bounds. */
  boolean add(FactLine line, Place place) {
    long more = size(line.name(), line.fact());
    if (count >= Limits.FACTS || bytes + more > Bounds.FACT_BYTES) {
      return false;
    }
    count++;
    bytes += more;
    line.device().ifPresent(device -> places.putIfAbsent(device, place));
    line.device()
        .map(device -> byDevice.computeIfAbsent(device, added -> new HashMap<>()))
        .orElse(ofHost)
        .put(line.name(), line.fact());
    return true;
  }

  private static long size(String name, Attribute fact) {
    return DocumentSize.of(Attributes.of(Map.of(name, fact)));
  }

  /** The facts about the host itself that its document has room for. */
  Attributes ofHost(HostFindings findings) {
    SortedMap<String, Attribute> admitted = new TreeMap<>();
    ofHost.forEach(
        (name, fact) -> {
          if (findings.admit(size(name, fact))) {
            admitted.put(name, fact);
          }
        });
    return Attributes.of(admitted);
  }

  /**
   * The facts about several devices together.
   *
   * @param nearest the device whose facts count most comes first
   */
  Attributes of(List<String> nearest) {
    if (byDevice.isEmpty()) {
      return Attributes.NONE;
    }
    Map<String, Attribute> facts = new HashMap<>();
    for (String name : nearest) {
      DeviceName.normal(name)
          .ifPresent(
              device -> {
                asked.add(device);
                byDevice.getOrDefault(device, Map.of()).forEach(facts::putIfAbsent);
              });
    }
    return Attributes.of(facts);
  }

  /**
   * Reports the devices that there are facts about, and that the host does not have.
   *
   * @param others devices of the host of which nothing has asked
   */
  void reportUnknownDevices(Scan scan, Collection<String> others) {
    Set<String> unknown = new HashSet<>(places.keySet());
    unknown.removeAll(asked);
    others.forEach(name -> DeviceName.normal(name).ifPresent(unknown::remove));
    for (String device : unknown) {
      Place place = places.getOrDefault(device, new Place("", 0));
      scan.problem(
          place.file(),
          ProblemCode.MALFORMED,
          "line %d: expected a device of this host, found %s".formatted(place.line(), device));
    }
  }
}
