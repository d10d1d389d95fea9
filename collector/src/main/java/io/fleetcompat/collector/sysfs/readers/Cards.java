package io.fleetcompat.collector.sysfs.readers;

import io.fleetcompat.collector.sysfs.Node;
import io.fleetcompat.collector.sysfs.Scan;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.HostReading.Driver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The cards that the parents of types belong to, each read once in a scan. For one thread. */
final class Cards {

  private static final String NVIDIA = "0x10de";

  /** In place of a driver: a copy of a tree may lack the links. */
  private static final String NONE = "-";

  private static final List<String> IDS =
      List.of("vendor", "device", "subsystem_vendor", "subsystem_device", "revision");

  private final Scan scan;
  private final Drivers drivers;
  private final Optional<String> kernel;
  private final Map<String, Optional<String>> identities = new HashMap<>();

  /**
   * @param kernel kernel release, where known: the version of drivers that have none of their own
   */
  Cards(Scan scan, Drivers drivers, Optional<String> kernel) {
    this.scan = scan;
    this.drivers = drivers;
    this.kernel = kernel;
  }

  /** The card of a parent; empty where too little can be read of it to know it again. */
  Optional<Card> of(Node parent) {
    return switch (drivers.of(parent)) {
      case Attribute.Text(String driver) -> of(parent, driver);
      case Attribute.Absent _ -> of(parent, NONE);
      case Attribute.Unreadable _, Attribute.Malformed _, Attribute.Directory _ -> Optional.empty();
    };
  }

  private Optional<Card> of(Node parent, String driver) {
    Optional<Node> physical =
        isNvidia(parent) && scan.mayBeThere(parent, "physfn")
            ? scan.child(parent, "physfn")
            : Optional.of(parent);
    return physical.flatMap(
        node ->
            identities
                .computeIfAbsent(node.path() + " " + driver, _ -> identity(node, parent, driver))
                .map(identity -> new Card(name(node) + " " + driver, identity)));
  }

  private boolean isNvidia(Node parent) {
    return scan.mayBeThere(parent, "nvidia")
        || scan.text(parent, "vendor").filter(NVIDIA::equals).isPresent();
  }

  /** The name of a function, which is unique on its bus; the path of anything else. */
  private static String name(Node node) {
    return PciIds.isFunction(node) ? node.name() : node.path();
  }

  private Optional<String> identity(Node node, Node parent, String driver) {
    StringBuilder identity = new StringBuilder("driver=").append(driver);
    identity.append(" version=").append(version(parent, driver));
    SortedMap<String, Attribute> ids = scan.read(node, IDS);
    for (Map.Entry<String, Attribute> id : ids.entrySet()) {
      if (!(id.getValue() instanceof Attribute.Text(String value))) {
        return Optional.empty();
      }
      identity.append(' ').append(id.getKey()).append('=').append(value);
    }
    return Optional.of(identity.toString());
  }

  private String version(Node parent, String driver) {
    Optional<Driver> module =
        driver.equals(NONE) ? Optional.empty() : drivers.facts(parent, driver);
    return module
        .flatMap(Driver::version)
        .or(() -> module.flatMap(Driver::srcversion))
        .or(() -> kernel)
        .orElse("unknown");
  }
}
