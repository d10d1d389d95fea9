package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.profile.VersionAttributes;
import io.fleetcompat.indexer.change.ChangedValues;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.DriverFact;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.schemas.avro.HostSoftware;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The change of a host's software and facts between two of its documents. Pure. */
final class SoftwareChange {

  private static final String DRIVER = "driver/";

  private SoftwareChange() {}

  /** The software of a document, always in the same order. */
  static HostSoftware of(HostInventory document) {
    SortedMap<String, DriverFact> drivers = new TreeMap<>();
    document.getDrivers().forEach(driver -> drivers.putIfAbsent(driver.getName(), driver));
    return new HostSoftware(List.copyOf(drivers.values()), new TreeMap<>(document.getFacts()));
  }

  /** Adds to a change what differs, with its causes. */
  static void add(NewChange change, HostSoftware before, HostSoftware after) {
    drivers(change, versions(before), versions(after));
    facts(change, before.getFacts(), after.getFacts());
  }

  /** The drivers that both have: one that came or went shows in the endpoints that it holds. */
  private static void drivers(
      NewChange change, Map<String, Optional<String>> before, Map<String, Optional<String>> after) {
    before.forEach(
        (name, from) -> {
          Optional<String> to = after.getOrDefault(name, from);
          if (!from.equals(to)) {
            change.value(DRIVER + name, from, to).cause(upgradeIfKnown(from, to));
          }
        });
  }

  /** A version that could not be read on one of the two sides is no upgrade. */
  static ChangeCause upgradeIfKnown(Optional<String> from, Optional<String> to) {
    return from.isPresent() && to.isPresent()
        ? ChangeCause.DRIVER_UPGRADE
        : ChangeCause.READING_CHANGED;
  }

  private static SortedMap<String, Optional<String>> versions(HostSoftware software) {
    SortedMap<String, Optional<String>> versions = new TreeMap<>();
    software.getDrivers().forEach(driver -> versions.put(driver.getName(), version(driver)));
    return versions;
  }

  private static Optional<String> version(DriverFact driver) {
    Optional<String> source =
        Optional.ofNullable(driver.getSrcversion()).map(text -> "srcversion " + text);
    return Optional.ofNullable(driver.getVersion())
        .map(version -> version + source.map(text -> " (" + text + ")").orElse(""))
        .or(() -> source);
  }

  private static void facts(
      NewChange change, Map<String, String> before, Map<String, String> after) {
    String prefix = AttributeCatalogue.FACT + "/";
    List<ChangedValue> differing = ChangedValues.between(prefix, before, after);
    change.values(differing);
    for (ChangedValue fact : differing) {
      boolean both = fact.getFrom() != null && fact.getTo() != null;
      change.cause(
          both && VersionAttributes.contains(fact.getName())
              ? ChangeCause.DRIVER_UPGRADE
              : ChangeCause.FACT_CHANGED);
    }
  }
}
