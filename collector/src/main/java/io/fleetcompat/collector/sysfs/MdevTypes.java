package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * {@code <parent>/mdev_supported_types/<type-id>/…}: the types a parent offers, and their number.
 */
final class MdevTypes {

  private static final List<String> FIXED =
      List.of("name", "description", "device_api", "software_version", "dynamic_resources");
  private static final String PREFIX = "compatible_";
  private static final String AVAILABLE = "available_instances";

  private final Scan scan;
  private final PciFunctions pci;
  private final Map<Node, Attributes> read = new HashMap<>();

  MdevTypes(Scan scan, PciFunctions pci) {
    this.scan = scan;
    this.pci = pci;
  }

  void read(Node parent, Inventory inventory) {
    scan.child(parent, MdevParents.TYPES)
        .ifPresent(types -> scan.each(types, (id, type) -> read(parent, id, type, inventory)));
  }

  private void read(Node parent, String id, Node type, Inventory inventory) {
    EndpointName name = EndpointName.type(parent.name(), id);
    boolean added =
        inventory.add(
            new Endpoint(
                name,
                EndpointKind.MDEV_TYPE,
                Optional.of(id),
                attributes(type),
                Attributes.NONE,
                pci.ids(parent)),
            type);
    if (added) {
      readCapacity(name, type, inventory);
    }
  }

  /** The attributes of a type's directory that say something of compatibility. */
  Attributes attributes(Node type) {
    return read.computeIfAbsent(type, this::readAttributes);
  }

  private Attributes readAttributes(Node type) {
    SortedMap<String, Attribute> found = MigrationInterface.read(scan, type, true);
    Scan.Listing listing = scan.list(type);
    List<String> names = new ArrayList<>(FIXED);
    listing.names().stream().filter(name -> name.startsWith(PREFIX)).forEach(names::add);
    found.putAll(scan.read(type, names));
    listing.misnamed().stream()
        .filter(entry -> entry.name().startsWith(PREFIX))
        .forEach(entry -> found.put(entry.name(), Scan.misnamed()));
    // A list that is not complete might hide a demand: then no version is believed.
    listing.failure().ifPresent(failure -> found.put("software_version", failure));
    return Attributes.of(found);
  }

  private void readCapacity(EndpointName name, Node type, Inventory inventory) {
    scan.text(type, AVAILABLE)
        .ifPresent(
            text -> {
              Optional<Integer> number = parseNumber(text);
              if (number.isPresent()) {
                inventory.setCapacity(name, number.get());
              } else {
                scan.problem(
                    type.at(AVAILABLE),
                    ProblemCode.MALFORMED,
                    "expected a number, found " + Quoted.of(text, ProblemLog.MAX_TEXT));
              }
            });
  }

  private static Optional<Integer> parseNumber(String text) {
    return text.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }
}
