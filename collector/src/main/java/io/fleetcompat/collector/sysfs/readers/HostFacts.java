package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.DeviceSpelling;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.DocumentSize;
import io.fleetcompat.schemas.Limits;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The facts of one host and of its devices, within the bounds on their number and size. For one
 * thread.
 */
final class HostFacts {

  private final SortedMap<String, StatedFact> ofHost = new TreeMap<>();
  private final Map<String, SortedMap<String, StatedFact>> byDevice = new HashMap<>();

  /** The first line about each device. */
  private final Map<String, StatedFact.Place> places = new HashMap<>();

  /** The devices of which something on the host has asked. */
  private final Set<String> asked = new HashSet<>();

  /** The reason why none of them is believed. */
  private Optional<Attribute> doubt = Optional.empty();

  /** Names of which nobody knows whether a file that was not read states them. */
  private Collection<String> unread = Set.of();

  private int count;
  private long bytes;

  /** Adds a fact, beside what other files say; false where that is beyond the bounds. */
  boolean add(StatedFact fact) {
    long more = size(fact.name(), fact.fact());
    if (count >= Limits.FACTS || bytes + more > Bounds.FACT_BYTES) {
      return false;
    }
    count++;
    bytes += more;
    fact.device().ifPresent(device -> places.putIfAbsent(device, fact.place()));
    facts(fact.device()).merge(fact.name(), fact, StatedFact::and);
    return true;
  }

  /** The statements of other files about the same. */
  Optional<StatedFact> find(StatedFact fact) {
    return Optional.ofNullable(facts(fact.device()).get(fact.name()));
  }

  private SortedMap<String, StatedFact> facts(Optional<String> device) {
    return device
        .map(name -> byDevice.computeIfAbsent(name, added -> new TreeMap<>()))
        .orElse(ofHost);
  }

  /**
   * Believes none of them: there is a file that may say otherwise, and may say more.
   *
   * @param known the names that it may state
   */
  void doubt(String file, Collection<String> known) {
    if (doubt.isEmpty()) {
      doubt =
          Optional.of(
              new Attribute.Malformed(
                  "expected to read every file of facts whole, found one that may say otherwise: "
                      + file));
      unread = known;
    }
  }

  private Attribute believed(StatedFact stated) {
    return doubt.orElse(stated.fact());
  }

  private static long size(String name, Attribute fact) {
    return DocumentSize.of(Attributes.of(Map.of(name, fact)));
  }

  /**
   * The facts about the host itself, which its document has room for before anything else. Where
   * they do not fit, a rule could take what is left out as absent: so no endpoint is taken, since
   * each has these facts.
   */
  Attributes ofHost(Scan scan, HostFindings findings) {
    SortedMap<String, Attribute> facts = new TreeMap<>();
    doubt.ifPresent(why -> unread.forEach(name -> facts.put(name, why)));
    ofHost.forEach((name, stated) -> facts.put(name, believed(stated)));
    long needed =
        facts.entrySet().stream().mapToLong(fact -> size(fact.getKey(), fact.getValue())).sum();
    if (findings.admit(needed)) {
      return Attributes.of(facts);
    }
    findings.takeNothingMore();
    scan.problem(
        "",
        ProblemCode.TOO_LARGE,
        "expected facts of the host of at most %d bytes, found %d: without them no endpoint is taken"
            .formatted(scan.bounds().bytes(), needed));
    return Attributes.NONE;
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
      DeviceSpelling.normal(name)
          .ifPresent(
              device -> {
                asked.add(device);
                byDevice
                    .getOrDefault(device, new TreeMap<>())
                    .forEach((fact, stated) -> facts.putIfAbsent(fact, believed(stated)));
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
    Set<String> unknown = new TreeSet<>(places.keySet());
    unknown.removeAll(asked);
    others.forEach(name -> DeviceSpelling.normal(name).ifPresent(unknown::remove));
    for (String device : unknown) {
      StatedFact.Place place = places.getOrDefault(device, new StatedFact.Place("", 0));
      scan.problem(
          place.file(),
          ProblemCode.MALFORMED,
          "line %d: expected a device of this host, found %s".formatted(place.line(), device));
    }
  }
}
