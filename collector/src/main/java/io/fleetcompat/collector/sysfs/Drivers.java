package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.ProblemCode;
import io.fleetcompat.schemas.Limits;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code module/<driver>/{version,srcversion}} of the drivers that hold an endpoint. */
final class Drivers {

  private static final Node MODULES = new Node("module");

  private final Scan scan;
  private final SortedMap<String, Driver> byName = new TreeMap<>();

  Drivers(Scan scan) {
    this.scan = scan;
  }

  /** Notes that a driver holds a node: the module is what the driver's directory links to. */
  void hold(Node node, String driver) {
    if (byName.size() >= Limits.FACTS && !byName.containsKey(driver)) {
      scan.problem(
          node.at("driver"),
          ProblemCode.TOO_LARGE,
          "expected at most " + Limits.FACTS + " drivers");
    } else if (!byName.containsKey(driver)) {
      byName.put(driver, read(node, driver));
    }
  }

  List<Driver> all() {
    return List.copyOf(byName.values());
  }

  private Driver read(Node node, String driver) {
    String module = scan.linkName(node, "driver/module").orElseGet(() -> driver.replace('-', '_'));
    Optional<Node> found = scan.child(MODULES, module);
    return new Driver(
        driver,
        found.flatMap(m -> scan.text(m, "version")),
        found.flatMap(m -> scan.text(m, "srcversion")));
  }
}
