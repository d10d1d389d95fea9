package io.fleetcompat.schemas;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.avro.DriverFact;
import io.fleetcompat.schemas.avro.HostInventory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A host as a whole in a document, its drivers and facts, and back. Pure. */
final class ContextRecord {

  private ContextRecord() {}

  static HostContext of(HostInventory document) {
    List<HostReading.Driver> drivers =
        document.getDrivers().stream().map(ContextRecord::driver).toList();
    return HostContext.of(Optional.ofNullable(document.getKernel()), drivers, facts(document));
  }

  /** A fact of which it is said that it cannot be used is not used, whatever else is said. */
  private static Attributes facts(HostInventory document) {
    Map<String, Attribute> facts = new TreeMap<>();
    document.getFacts().forEach((name, value) -> facts.put(name, ContentRecord.text(value)));
    document
        .getFactProblems()
        .forEach((name, problem) -> facts.put(name, ContentRecord.malformed(problem)));
    return Attributes.of(facts);
  }

  /** The values of facts that can be used. */
  static SortedMap<String, String> texts(Attributes facts) {
    SortedMap<String, String> texts = new TreeMap<>();
    facts
        .byPath()
        .forEach(
            (name, fact) -> {
              if (fact instanceof Attribute.Text(String value)) {
                texts.put(name, value);
              }
            });
    return texts;
  }

  /** The faults of the others. */
  static SortedMap<String, String> unusable(Attributes facts) {
    SortedMap<String, String> problems = new TreeMap<>();
    facts
        .byPath()
        .forEach(
            (name, fact) -> {
              if (!(fact instanceof Attribute.Text)) {
                problems.put(name, ContentRecord.entry(name, fact).getValue());
              }
            });
    return problems;
  }

  private static HostReading.Driver driver(DriverFact fact) {
    return new HostReading.Driver(
        fact.getName(),
        Optional.ofNullable(fact.getVersion()),
        Optional.ofNullable(fact.getSrcversion()));
  }

  static DriverFact fact(HostReading.Driver driver) {
    return new DriverFact(
        driver.name(), driver.version().orElse(null), driver.srcversion().orElse(null));
  }
}
