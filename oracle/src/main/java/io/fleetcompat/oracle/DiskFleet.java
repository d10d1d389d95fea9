package io.fleetcompat.oracle;

import io.fleetcompat.collector.fleet.FleetDirectory;
import io.fleetcompat.collector.fleet.FleetHost;
import io.fleetcompat.collector.fleet.FleetListing;
import io.fleetcompat.collector.sysfs.readers.FactCatalogue;
import io.fleetcompat.inventory.Endpoint;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A fleet as the disk has it at one time.
 *
 * @param problems why a folder is left out, by folder
 */
public record DiskFleet(
    SortedMap<String, DiskHost> hosts, SortedMap<String, FleetListing.Problem> problems) {

  public DiskFleet {
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
  }

  /**
   * Reads every host of the directory.
   *
   * @param facts that rules know
   */
  public static DiskFleet read(FleetDirectory directory, FactCatalogue facts) throws IOException {
    FleetListing listing = directory.look();
    return read(listing.hosts().values(), listing.problems(), facts);
  }

  /** Reads only those hosts, as far as the directory has them. */
  public static DiskFleet read(FleetDirectory directory, Set<String> names, FactCatalogue facts)
      throws IOException {
    FleetListing listing = directory.look();
    Collection<FleetHost> wanted =
        listing.hosts().values().stream().filter(host -> names.contains(host.name())).toList();
    return read(wanted, listing.problems(), facts);
  }

  /** An endpoint by its host and its name below it; empty where either is not there. */
  public Optional<Endpoint> endpoint(String host, String endpoint) {
    return Optional.ofNullable(hosts.get(host)).map(found -> found.endpoints().get(endpoint));
  }

  private static DiskFleet read(
      Collection<FleetHost> hosts,
      SortedMap<String, FleetListing.Problem> problems,
      FactCatalogue facts) {
    ConcurrentHashMap<String, DiskHost> read = new ConcurrentHashMap<>();
    ConcurrentHashMap<String, FleetListing.Problem> left = new ConcurrentHashMap<>(problems);
    hosts.parallelStream()
        .forEach(
            host -> {
              try {
                DiskHost.read(host, facts).ifPresent(h -> read.put(host.name(), h));
              } catch (RuntimeException e) {
                // A mistake of ours that one tree brought to light: the others are verified.
                left.put(
                    String.valueOf(host.folder().getFileName()),
                    new FleetListing.Problem(
                        FleetListing.Code.UNREADABLE, "reading its tree failed: " + e));
              }
            });
    return new DiskFleet(new TreeMap<>(read), new TreeMap<>(left));
  }
}
