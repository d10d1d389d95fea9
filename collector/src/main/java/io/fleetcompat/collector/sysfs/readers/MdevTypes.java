package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.ProblemLog;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.inventory.Quoted;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code <parent>/mdev_supported_types/<type-id>/…}: the types a parent offers, and their number.
 */
final class MdevTypes implements EndpointReader {

  private static final String AVAILABLE = "available_instances";

  private final Scan scan;
  private final MdevTypeDirectories types;
  private final PciIds pci;
  private final Supplier<? extends Collection<Node>> parents;

  MdevTypes(
      Scan scan,
      MdevTypeDirectories types,
      PciIds pci,
      Supplier<? extends Collection<Node>> parents) {
    this.scan = scan;
    this.types = types;
    this.pci = pci;
    this.parents = parents;
  }

  @Override
  public void read(HostFindings findings) {
    for (Node parent : parents.get()) {
      scan.child(parent, MdevParentSearch.TYPES)
          .ifPresent(
              directory -> scan.each(directory, (id, type) -> read(parent, id, type, findings)));
    }
  }

  private void read(Node parent, String id, Node type, HostFindings findings) {
    EndpointName name = EndpointName.type(parent.name(), id);
    boolean added =
        findings.add(
            new Endpoint(
                name,
                EndpointKind.MDEV_TYPE,
                Optional.of(id),
                types.attributes(type),
                Attributes.NONE,
                pci.of(parent)),
            type);
    if (added) {
      readCapacity(name, type, findings);
    }
  }

  private void readCapacity(EndpointName name, Node type, HostFindings findings) {
    scan.text(type, AVAILABLE)
        .ifPresent(
            text -> {
              Optional<Integer> number = parseNumber(text);
              if (number.isPresent()) {
                findings.setCapacity(name, number.get());
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
