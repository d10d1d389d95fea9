package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * {@code bus/pci/devices/<bdf>}: endpoints are the functions that have a migration interface of
 * their own, are a VF, or are bound to a VFIO driver; the others can still be named explicitly.
 *
 * <p>What is local to the host ({@code iommu_group}, {@code numa_node}, {@code physfn}) is not
 * kept.
 */
final class PciFunctions {

  private static final Pattern BDF =
      Pattern.compile("[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-7]");
  private static final List<String> IDS = List.of("vendor", "device");
  private static final List<String> OWN =
      List.of("vendor", "device", "subsystem_vendor", "subsystem_device", "revision", "class");

  private final Scan scan;
  private final Drivers drivers;
  private final Map<Node, Attributes> ids = new HashMap<>();

  PciFunctions(Scan scan, Drivers drivers) {
    this.scan = scan;
    this.drivers = drivers;
  }

  static boolean isFunction(Node node) {
    return BDF.matcher(node.name()).matches();
  }

  void read(Inventory inventory) {
    scan.each("bus/pci/devices", (name, node) -> read(name, node, inventory));
  }

  private void read(String name, Node node, Inventory inventory) {
    SortedMap<String, Attribute> migration = MigrationInterface.read(scan, node, false);
    Attribute driver = drivers.of(node);
    boolean vf = scan.mayBeThere(node, "physfn");
    boolean vfio =
        (driver instanceof Attribute.Text(String bound) && bound.contains("vfio"))
            || scan.mayBeThere(node, "vfio-dev");
    EndpointName endpoint = EndpointName.device(name);
    if (migration.isEmpty() && !vf && !vfio) {
      inventory.addFunction(name);
      return;
    }
    migration.putAll(scan.read(node, OWN));
    drivers.hold(node, driver, migration);
    inventory.add(
        new Endpoint(
            endpoint,
            EndpointKind.PCI_FUNCTION,
            Optional.empty(),
            Attributes.of(migration),
            Attributes.NONE,
            ids(node)),
        node);
  }

  /** {@code vendor}, {@code device} and {@code driver} where the node is a PCI function. */
  Attributes ids(Node node) {
    return isFunction(node) ? ids.computeIfAbsent(node, this::readIds) : Attributes.NONE;
  }

  private Attributes readIds(Node node) {
    SortedMap<String, Attribute> found = scan.read(node, IDS);
    drivers.hold(node, drivers.of(node), found);
    return Attributes.of(found);
  }
}
