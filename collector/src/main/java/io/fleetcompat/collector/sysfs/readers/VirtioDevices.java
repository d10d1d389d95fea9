package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.ProblemCode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * {@code bus/virtio/devices/<virtioN>/{device,vendor,features,status,driver}}. The features mean
 * something only together with the status that they were negotiated under, so the status is read
 * before and after them: where it has moved meanwhile, neither is believed.
 */
final class VirtioDevices implements EndpointReader {

  private static final String STATUS = "status";
  private static final String FEATURES = "features";
  private static final List<String> OWN = List.of("device", "vendor", FEATURES, STATUS);

  /** The attribute in place of one whose reading is to be done again. */
  private static final Attribute MOVED = new Attribute.Unreadable("EAGAIN");

  private final Scan scan;
  private final PciIds pci;
  private final Drivers drivers;

  VirtioDevices(Scan scan, PciIds pci, Drivers drivers) {
    this.scan = scan;
    this.pci = pci;
    this.drivers = drivers;
  }

  @Override
  public void read(HostFindings findings) {
    scan.each("bus/virtio/devices", (name, node) -> findings.add(read(name, node), node));
  }

  private Endpoint read(String name, Node node) {
    SortedMap<String, Attribute> own = MigrationInterface.read(scan, node, false);
    own.putAll(readOwn(node));
    drivers.hold(node, drivers.of(node), own);
    return new Endpoint(
        EndpointName.device(name),
        EndpointKind.VIRTIO_DEVICE,
        Optional.empty(),
        Attributes.of(own),
        Attributes.NONE,
        pci.of(node.parent()));
  }

  private SortedMap<String, Attribute> readOwn(Node node) {
    Attribute before = scan.read(node, List.of(STATUS)).getOrDefault(STATUS, Attribute.ABSENT);
    SortedMap<String, Attribute> own = scan.read(node, OWN);
    if (!before.equals(own.getOrDefault(STATUS, Attribute.ABSENT))) {
      scan.problem(
          node.at(STATUS),
          ProblemCode.UNREADABLE,
          "expected one status before and after the features, found two");
      own.put(STATUS, MOVED);
      own.put(FEATURES, MOVED);
    }
    return own;
  }
}
