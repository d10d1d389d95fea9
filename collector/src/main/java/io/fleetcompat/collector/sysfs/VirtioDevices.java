package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** {@code bus/virtio/devices/<virtioN>/{device,vendor,features,status,driver}}. */
final class VirtioDevices {

  private static final List<String> OWN = List.of("device", "vendor", "features", "status");

  private final Scan scan;
  private final PciFunctions pci;
  private final Drivers drivers;

  VirtioDevices(Scan scan, PciFunctions pci, Drivers drivers) {
    this.scan = scan;
    this.pci = pci;
    this.drivers = drivers;
  }

  void read(Inventory inventory) {
    scan.each("bus/virtio/devices", (name, node) -> inventory.add(read(name, node)));
  }

  private Endpoint read(String name, Node node) {
    SortedMap<String, Attribute> own = MigrationInterface.read(scan, node, false);
    own.putAll(scan.read(node, OWN));
    scan.linkName(node, "driver")
        .ifPresent(
            driver -> {
              drivers.hold(node, driver);
              own.put("driver", new Attribute.Text(driver));
            });
    return new Endpoint(
        EndpointName.device(name),
        EndpointKind.VIRTIO_DEVICE,
        Optional.empty(),
        Attributes.of(own),
        Attributes.NONE,
        pci.ids(node.parent()));
  }
}
