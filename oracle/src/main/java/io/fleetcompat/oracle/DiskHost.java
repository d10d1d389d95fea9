package io.fleetcompat.oracle;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.fleet.FleetHost;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.inventory.Endpoint;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One host as the disk has it.
 *
 * @param pool the label that names it; empty where there is none
 * @param endpoints by name, as it is spelled below the host's
 */
public record DiskHost(String name, Optional<String> pool, SortedMap<String, Endpoint> endpoints) {

  public DiskHost {
    endpoints = Collections.unmodifiableSortedMap(new TreeMap<>(endpoints));
  }

  /**
   * Reads the tree and the facts beside it, as a collector does; empty where it went away
   * meanwhile.
   *
   * @param facts that rules know
   */
  public static Optional<DiskHost> read(FleetHost host, FactCatalogue facts) {
    FactsDirectory directory =
        new FactsDirectory(host.facts(), FactsDirectory.MAX_AGE, InstantSource.system(), facts);
    try (SysfsTree tree = SysfsTree.open(host.sys(), Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
        HostReader reader = new HostReader(tree, Optional.empty(), Optional.of(directory))) {
      SortedMap<String, Endpoint> endpoints = new TreeMap<>();
      reader.read().endpointsInContext().forEach(e -> endpoints.put(e.name().toString(), e));
      return reader.hasRoot()
          ? Optional.of(new DiskHost(host.name(), pool(host), endpoints))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> pool(FleetHost host) {
    return Optional.ofNullable(host.document().labels().get("pool"));
  }

  /** An endpoint's name in a question. */
  public static String reference(String host, String endpoint) {
    return host + "/" + endpoint;
  }
}
