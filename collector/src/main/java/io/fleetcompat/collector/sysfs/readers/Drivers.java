package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.Limits;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code driver} links of nodes, and {@code module/<driver>/{version,srcversion}} of those
 * drivers. For one thread.
 */
final class Drivers {

  private static final Node MODULES = new Node("module");
  static final String LINK = "driver";

  private final Scan scan;
  private final SortedMap<String, Driver> byName = new TreeMap<>();

  Drivers(Scan scan) {
    this.scan = scan;
  }

  /** The driver that a node is bound to: the name that its link has; absent where it has none. */
  Attribute of(Node node) {
    return scan.linkName(node, LINK);
  }

  /** Puts a node's driver among its attributes, and takes note of one that has a name. */
  void hold(Node node, Attribute driver, SortedMap<String, Attribute> attributes) {
    if (driver.equals(Attribute.ABSENT)) {
      return;
    }
    attributes.put(LINK, driver);
    if (driver instanceof Attribute.Text(String name)) {
      note(node, name);
    }
  }

  private void note(Node node, String driver) {
    if (byName.size() >= Limits.FACTS && !byName.containsKey(driver)) {
      scan.problem(
          node.at(LINK), ProblemCode.TOO_LARGE, "expected at most " + Limits.FACTS + " drivers");
    } else if (!byName.containsKey(driver)) {
      byName.put(driver, read(node, driver));
    }
  }

  /** The facts about a driver that holds a node. */
  Optional<Driver> facts(Node node, String driver) {
    note(node, driver);
    return Optional.ofNullable(byName.get(driver));
  }

  List<Driver> all() {
    return List.copyOf(byName.values());
  }

  private Driver read(Node node, String driver) {
    // The module is what the driver's directory links to.
    String module =
        scan.linkName(node, LINK + "/module") instanceof Attribute.Text(String name)
            ? name
            : driver.replace('-', '_');
    Optional<Node> found = scan.child(MODULES, module);
    return new Driver(
        driver,
        found.flatMap(m -> scan.text(m, "version")),
        found.flatMap(m -> scan.text(m, "srcversion")));
  }
}
