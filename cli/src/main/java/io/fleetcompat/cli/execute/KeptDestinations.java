package io.fleetcompat.cli.execute;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What every device of a pool must keep: as many other hosts with room as the plan says, if it had
 * so many, and for any device some destination, if it had one. One thread.
 */
final class KeptDestinations {

  private final PoolDestinations destinations;
  private final int keep;
  private final Map<String, Integer> required = new HashMap<>();
  private final Set<String> movable = new HashSet<>();

  KeptDestinations(PoolDestinations destinations, int keep) {
    this.destinations = destinations;
    this.keep = keep;
  }

  /** Notes what the devices have now. */
  void note(Collection<IndexedHost> hosts) {
    for (IndexedHost host : hosts) {
      for (String device : host.mdevs()) {
        required.put(
            device, destinations.hostsWithRoom(host.name(), device, Set.of(host.name()), keep));
      }
      for (String device : host.devices()) {
        if (destinations.any(host.name(), device)) {
          movable.add(key(host, device));
        }
      }
    }
  }

  /** An mdev device keeps its name wherever it goes; others stay. */
  private static String key(IndexedHost host, String device) {
    return host.mdevs().contains(device) ? device : host.name() + "/" + device;
  }

  /** The number of devices that must keep some host with room. */
  int devices() {
    return required.size();
  }

  /** The number of devices that had fewer hosts with room than are to be kept even before. */
  int below() {
    return (int) required.values().stream().filter(count -> count < keep).count();
  }

  /**
   * The first device that has lost something; empty where none has.
   *
   * @param out hosts that are changed now
   */
  Optional<String> lost(Collection<IndexedHost> hosts, Set<String> out) {
    Set<String> seen = new HashSet<>();
    for (IndexedHost host : hosts) {
      for (String device : host.mdevs()) {
        seen.add(device);
        int must = required.getOrDefault(device, 0);
        int has = destinations.hostsWithRoom(host.name(), device, out, must);
        if (has < must) {
          return Optional.of(
              "expected %s/%s to have %d other hosts with room, found %d"
                  .formatted(host.name(), device, must, has));
        }
      }
    }
    return required.keySet().stream()
        .filter(device -> !seen.contains(device))
        .findFirst()
        .map(
            device ->
                "expected the device %s on a host of the pool, found it nowhere".formatted(device));
  }

  /** The first device that could go somewhere and is stranded now; empty where none is. */
  Optional<String> stranded(Collection<IndexedHost> hosts) {
    for (IndexedHost host : hosts) {
      for (String device : host.devices()) {
        if (movable.contains(key(host, device)) && !destinations.any(host.name(), device)) {
          return Optional.of(
              "expected a destination of %s/%s, as before, found none"
                  .formatted(host.name(), device));
        }
      }
    }
    return Optional.empty();
  }
}
