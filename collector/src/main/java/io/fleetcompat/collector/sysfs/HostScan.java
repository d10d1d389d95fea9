package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.schemas.DocumentSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One look at a whole host, with every reader once. What the bounds cut off is what is read last,
 * so the order goes from what is asked for most to what may be endless: first what the kernel lists
 * (types of its mdev class, then devices by bus), then what only the parents' own directories show,
 * and the walk through all of {@code devices} last; facts and drivers take what room is left.
 */
public final class HostScan {

  private HostScan() {}

  /**
   * Reads all endpoints of a host.
   *
   * @param kernel kernel release, where known
   * @param factsDirectory where {@code *.facts} files are
   * @param names what the host's NVIDIA types are called; learns from this scan
   */
  public static HostReading read(
      SysfsTree tree, Optional<String> kernel, Optional<Path> factsDirectory, NvidiaNames names) {
    try (Scan scan = tree.scan()) {
      Drivers drivers = new Drivers(scan);
      PciFunctions pci = new PciFunctions(scan, drivers);
      MdevTypes types = new MdevTypes(scan, pci);
      MdevDevices devices = new MdevDevices(scan, types, pci);
      MdevParents parents = new MdevParents(scan);
      Inventory inventory = new Inventory(scan);

      List<Node> inClass = parents.inClass();
      for (Node parent : inClass) {
        types.read(parent, inventory);
      }
      devices.readBus(inventory);
      pci.read(inventory);
      new VirtioDevices(scan, pci, drivers).read(inventory);
      new NvidiaVfs(scan, pci, names).read(inventory);
      inClass.forEach(parent -> devices.readChildren(parent, inventory));
      for (Node parent : parents.elsewhere()) {
        types.read(parent, inventory);
        devices.readChildren(parent, inventory);
      }
      new ParentDevices(scan, parents, pci).read(inventory);

      SortedMap<String, String> facts =
          factsDirectory
              .map(directory -> Facts.read(directory, tree.readDeadline(), scan, inventory))
              .orElseGet(TreeMap::new);
      List<Driver> held =
          drivers.all().stream()
              .filter(driver -> inventory.admit(DocumentSize.of(driver)))
              .toList();
      inventory.reportRefused();
      return new HostReading(
          kernel,
          held,
          facts,
          inventory.endpoints(),
          inventory.functions(),
          inventory.capacity(),
          scan.problems());
    }
  }
}
