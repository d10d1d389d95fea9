package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostEndpoints;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.schemas.DocumentSize;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A look at a whole host, with every reader once. */
public final class HostScan {

  private HostScan() {}

  /**
   * Reads all endpoints of a host.
   *
   * @param kernel kernel release, where known
   * @param factsDirectory where {@code *.facts} files are; they are read first, since endpoints
   *     have those about them
   * @param versions learns which version attributes this scan has read
   * @param supported what the host's cards were seen to support; learns from this scan
   * @param vfio learns which devices of VFIO this scan has found, where somebody asks
   * @param now when the scan begins
   */
  public static HostReading read(
      SysfsTree tree,
      Optional<String> kernel,
      Optional<FactsDirectory> factsDirectory,
      SupportedTypes supported,
      VersionAttributes versions,
      Optional<VfioDevices> vfio,
      Instant now) {
    try (Scan scan = tree.scan()) {
      Drivers drivers = new Drivers(scan);
      PciIds ids = new PciIds(scan, drivers);
      HostFacts facts =
          factsDirectory
              .map(directory -> FactFiles.read(directory, tree.readDeadline(), scan))
              .orElseGet(HostFacts::new);
      RelatedNodes related =
          new RelatedNodes(new PhysicalFunctions(scan, ids), new MdevParents(scan, drivers), facts);
      HostFindings findings = new HostFindings(scan, related);
      Attributes factsOfHost = facts.ofHost(scan, findings);
      CardTypes types = new CardTypes(scan, new Cards(scan, drivers, kernel), supported, now);
      inOrder(scan, drivers, ids, types).forEach(reader -> reader.read(findings));
      types.end();
      facts.reportUnknownDevices(scan, findings.functions());
      List<Driver> held =
          drivers.all().stream().filter(driver -> findings.admit(DocumentSize.of(driver))).toList();
      findings.reportRefused();
      HostEndpoints endpoints = findings.endpoints();
      versions.learn(endpoints, findings.places());
      vfio.ifPresent(devices -> devices.learn(scan, endpoints, findings.places()));
      return new HostReading(
          kernel,
          held,
          factsOfHost,
          endpoints,
          findings.functions(),
          findings.capacity(),
          scan.problems(),
          findings.extent(supported.since()),
          findings.cards());
    }
  }

  /**
   * The readers in the order in which they read. The bounds cut off what comes last, so the order
   * goes from what is asked for most to what may be endless: first what the kernel lists (types of
   * its mdev class, then devices by bus), then what only the parents' own directories show, and the
   * walk through all of {@code devices} last. The facts of the host have their room before all of
   * them, and drivers take what is left.
   */
  private static List<EndpointReader> inOrder(
      Scan scan, Drivers drivers, PciIds ids, CardTypes types) {
    VfioDebugfs debugfs = new VfioDebugfs(scan);
    PciFunctions functions = new PciFunctions(scan, drivers, ids, debugfs);
    MdevTypeDirectories directories = new MdevTypeDirectories(scan);
    MdevDevice device = new MdevDevice(scan, directories, ids, debugfs);
    MdevParentSearch parents = new MdevParentSearch(scan);
    MdevBus devices = new MdevBus(scan, device);
    return List.of(
        new MdevTypes(scan, directories, types, ids, parents::inClass),
        devices,
        functions,
        new VirtioDevices(scan, ids, drivers),
        new NvidiaVfs(scan, functions, ids, types),
        new MdevChildren(scan, device, parents::inClass),
        new MdevTypes(scan, directories, types, ids, parents::elsewhere),
        new MdevChildren(scan, device, parents::elsewhere),
        new ParentDevices(scan, ids, parents),
        new LostEntries(parents, devices));
  }
}
