package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * {@code bus/pci/devices/<bdf>}: endpoints are the functions that have a migration interface of
 * their own, are a VF, or are bound to a VFIO driver; the others can still be named explicitly.
 *
 * <p>What is local to the host ({@code iommu_group}, {@code numa_node}, {@code physfn}) is not
 * kept.
 */
final class PciFunctions implements EndpointReader {

  static final String BUS = "bus/pci/devices";

  private static final List<String> OWN =
      List.of("vendor", "device", "subsystem_vendor", "subsystem_device", "revision", "class");

  private final Scan scan;
  private final Drivers drivers;
  private final PciIds ids;

  PciFunctions(Scan scan, Drivers drivers, PciIds ids) {
    this.scan = scan;
    this.drivers = drivers;
    this.ids = ids;
  }

  @Override
  public void read(HostFindings findings) {
    scan.each(BUS, (name, node) -> read(name, node, findings));
  }

  private void read(String name, Node node, HostFindings findings) {
    SortedMap<String, Attribute> migration = MigrationInterface.read(scan, node, false);
    Attribute driver = drivers.of(node);
    boolean vf = scan.mayBeThere(node, "physfn");
    boolean vfio =
        (driver instanceof Attribute.Text(String bound) && bound.contains("vfio"))
            || scan.mayBeThere(node, "vfio-dev");
    if (migration.isEmpty() && !vf && !vfio) {
      findings.addFunction(name);
    } else {
      findings.add(endpoint(name, node, migration, driver), node);
    }
  }

  /** The endpoint of a function that is one for another reason. */
  Endpoint endpoint(String name, Node node) {
    return endpoint(name, node, MigrationInterface.read(scan, node, false), drivers.of(node));
  }

  private Endpoint endpoint(
      String name, Node node, SortedMap<String, Attribute> migration, Attribute driver) {
    migration.putAll(scan.read(node, OWN));
    drivers.hold(node, driver, migration);
    return new Endpoint(
        EndpointName.device(name),
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        Attributes.of(migration),
        Attributes.NONE,
        ids.of(node));
  }
}
