package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.Related;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The endpoint that stands for two nodes of one name: all that either of them has is malformed, so
 * that no rule can hold for one of them and be told of the other.
 */
final class SharedName {

  /** The same on every host: it becomes part of a profile. */
  private static final Attribute MALFORMED =
      new Attribute.Malformed("expected one node of this name, found several");

  private SharedName() {}

  static Endpoint of(Endpoint first, Endpoint second) {
    return new Endpoint(
        first.name(),
        first.kind(),
        first.mdevType().equals(second.mdevType()) ? first.mdevType() : Optional.empty(),
        both(first.own(), second.own()),
        both(first.type(), second.type()),
        both(first.pci(), second.pci()),
        new Related(
            both(first.related().physfn(), second.related().physfn()),
            both(first.related().parent(), second.related().parent()),
            both(first.related().facts(), second.related().facts())),
        first.host());
  }

  private static Attributes both(Attributes first, Attributes second) {
    SortedMap<String, Attribute> all = new TreeMap<>(first.byPath());
    all.putAll(second.byPath());
    all.replaceAll((_, _) -> MALFORMED);
    return Attributes.of(all);
  }
}
