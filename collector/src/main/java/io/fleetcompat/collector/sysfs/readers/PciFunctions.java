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
 * <p>What is local to the host ({@code iommu_group}, {@code numa_node}, where {@code physfn} leads)
 * is not kept.
 */
final class PciFunctions implements EndpointReader {

  static final String BUS = "bus/pci/devices";

  /** The directory that tells a VF of NVIDIA's vendor VFIO, also one that runs no type. */
  private static final String NVIDIA = "nvidia";

  private static final Attribute NVIDIA_DRIVER = new Attribute.Text("nvidia");

  private final Scan scan;
  private final Drivers drivers;
  private final PciIds ids;
  private final VfioDebugfs debugfs;

  PciFunctions(Scan scan, Drivers drivers, PciIds ids, VfioDebugfs debugfs) {
    this.scan = scan;
    this.drivers = drivers;
    this.ids = ids;
    this.debugfs = debugfs;
  }

  @Override
  public void read(HostFindings findings) {
    scan.each(BUS, (name, node) -> read(name, node, findings));
  }

  private void read(String name, Node node, HostFindings findings) {
    SortedMap<String, Attribute> migration = MigrationInterface.read(scan, node, false);
    Attribute driver = drivers.of(node);
    boolean vf = scan.mayBeThere(node, "physfn");
    boolean vfio = isVfio(node, driver);
    if (migration.isEmpty() && !vf && !vfio) {
      findings.addFunction(name);
    } else {
      findings.add(endpoint(name, node, migration, vfio), node);
    }
  }

  private boolean isVfio(Node node, Attribute driver) {
    return (driver instanceof Attribute.Text(String bound) && bound.contains("vfio"))
        || scan.mayBeThere(node, "vfio-dev");
  }

  /** The endpoint of a function that is one for another reason. */
  Endpoint endpoint(String name, Node node) {
    SortedMap<String, Attribute> migration = MigrationInterface.read(scan, node, false);
    return endpoint(name, node, migration, isVfio(node, drivers.of(node)));
  }

  private Endpoint endpoint(
      String name, Node node, SortedMap<String, Attribute> own, boolean vfio) {
    Attributes function = ids.of(node);
    own.putAll(function.byPath());
    if (function.get(Drivers.LINK).equals(NVIDIA_DRIVER)) {
      own.putAll(scan.read(node, List.of(NVIDIA)));
    }
    if (vfio) {
      debugfs.read(node.name(), own);
    }
    return new Endpoint(
        EndpointName.device(name),
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        Attributes.of(own),
        Attributes.NONE,
        function);
  }
}
