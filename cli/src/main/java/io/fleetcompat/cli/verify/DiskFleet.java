package io.fleetcompat.cli.verify;

import io.fleetcompat.cli.fleet.FleetDirectory;
import io.fleetcompat.cli.fleet.FleetHost;
import io.fleetcompat.cli.fleet.FleetListing;
import io.fleetcompat.compatibility.inventory.Endpoint;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the disk says of a fleet at one time.
 *
 * @param problems why a folder is left out, by folder
 */
record DiskFleet(
    SortedMap<String, DiskHost> hosts, SortedMap<String, FleetListing.Problem> problems) {

  DiskFleet {
    hosts = Collections.unmodifiableSortedMap(new TreeMap<>(hosts));
  }

  /** Reads every host of the directory. */
  static DiskFleet read(FleetDirectory directory) throws IOException {
    FleetListing listing = directory.look();
    return read(listing.hosts().values(), listing.problems());
  }

  /** Reads only those hosts, as far as the directory has them. */
  static DiskFleet read(FleetDirectory directory, Set<String> names) throws IOException {
    FleetListing listing = directory.look();
    Collection<FleetHost> wanted =
        listing.hosts().values().stream().filter(host -> names.contains(host.name())).toList();
    return read(wanted, listing.problems());
  }

  Optional<Endpoint> endpoint(Mismatch.Pair pair, boolean source) {
    DiskHost host = hosts.get(source ? pair.sourceHost() : pair.destinationHost());
    String endpoint = source ? pair.sourceEndpoint() : pair.destinationEndpoint();
    return Optional.ofNullable(host).map(h -> h.endpoints().get(endpoint));
  }

  private static DiskFleet read(
      Collection<FleetHost> hosts, SortedMap<String, FleetListing.Problem> problems) {
    ConcurrentHashMap<String, DiskHost> read = new ConcurrentHashMap<>();
    ConcurrentHashMap<String, FleetListing.Problem> left = new ConcurrentHashMap<>(problems);
    hosts.parallelStream()
        .forEach(
            host -> {
              try {
                DiskHost.read(host).ifPresent(h -> read.put(host.name(), h));
              } catch (RuntimeException e) {
                // A mistake of ours that one tree brought to light: the others are verified.
                left.put(
                    String.valueOf(host.folder().getFileName()),
                    new FleetListing.Problem("unreadable", "reading its tree failed: " + e));
              }
            });
    return new DiskFleet(new TreeMap<>(read), new TreeMap<>(left));
  }
}
