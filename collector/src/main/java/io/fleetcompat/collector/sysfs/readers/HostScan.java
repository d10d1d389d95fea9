package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.schemas.DocumentSize;
import java.nio.file.Path;
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
   * @param factsDirectory where {@code *.facts} files are
   * @param versions learns which version attributes this scan has read
   * @param supported what the host's cards were seen to support; learns from this scan
   * @param now when the scan begins
   */
  public static HostReading read(
      SysfsTree tree,
      Optional<String> kernel,
      Optional<Path> factsDirectory,
      SupportedTypes supported,
      VersionAttributes versions,
      Instant now) {
    try (Scan scan = tree.scan()) {
      Drivers drivers = new Drivers(scan);
      HostFindings findings = new HostFindings(scan);
      CardTypes types = new CardTypes(scan, new Cards(scan, drivers, kernel), supported, now);
      inOrder(scan, drivers, types).forEach(reader -> reader.read(findings));
      types.end();
      Attributes facts =
          factsDirectory
              .map(directory -> Facts.read(directory, tree.readDeadline(), scan, findings))
              .orElse(Attributes.NONE);
      List<Driver> held =
          drivers.all().stream().filter(driver -> findings.admit(DocumentSize.of(driver))).toList();
      findings.reportRefused();
      versions.learn(findings);
      return new HostReading(
          kernel,
          held,
          facts,
          findings.endpoints(),
          findings.functions(),
          findings.capacity(),
          scan.problems(),
          findings.extent(supported.since()));
    }
  }

  /**
   * The readers in the order in which they read. The bounds cut off what comes last, so the order
   * goes from what is asked for most to what may be endless: first what the kernel lists (types of
   * its mdev class, then devices by bus), then what only the parents' own directories show, and the
   * walk through all of {@code devices} last; after all of them, facts and drivers take what room
   * is left.
   */
  private static List<EndpointReader> inOrder(Scan scan, Drivers drivers, CardTypes types) {
    PciIds ids = new PciIds(scan, drivers);
    PciFunctions functions = new PciFunctions(scan, drivers, ids);
    MdevTypeDirectories directories = new MdevTypeDirectories(scan);
    MdevDevice device = new MdevDevice(scan, directories, ids);
    MdevParentSearch parents = new MdevParentSearch(scan);
    return List.of(
        new MdevTypes(scan, directories, types, ids, parents::inClass),
        new MdevBus(scan, device),
        functions,
        new VirtioDevices(scan, ids, drivers),
        new NvidiaVfs(scan, functions, ids, types),
        new MdevChildren(scan, device, parents::inClass),
        new MdevTypes(scan, directories, types, ids, parents::elsewhere),
        new MdevChildren(scan, device, parents::elsewhere),
        new ParentDevices(scan, ids, parents));
  }
}
