package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.query.whatif.HypotheticalChange.DriverVersion;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.RawFleet.RawEndpoint;
import io.fleetcompat.query.whatif.RawFleet.RawHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Fleets as they are read, drawn by a seed, and changes of their hosts. */
final class ChangedFleets {

  static final int HOSTS = 9;
  static final List<String> VERSIONS = List.of("1.2.0", "1.3.0", "1.4.0", "2.0.0");
  static final List<String> POOLS = List.of("a", "b");
  static final Judge JUDGE = new Judge(Set.of());

  private ChangedFleets() {}

  static RawFleet fleet(Random random) {
    TreeMap<String, RawHost> hosts = new TreeMap<>();
    for (int n = 0; n < HOSTS; n++) {
      String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
      String opaque = random.nextBoolean() ? "opaque-" + random.nextInt(2) : "";
      TreeMap<String, RawEndpoint> endpoints = new TreeMap<>();
      Map<String, String> type = new TreeMap<>();
      type.put("device_api", "vfio-pci");
      type.put("software_version", version);
      if (!opaque.isEmpty()) {
        type.put("migration_version", opaque);
      }
      Map<String, String> pci =
          Map.of("vendor", "0x8086", "device", "0x193b", "driver", "i915", "class", "0x030000");
      endpoints.put("0000:00:02.0/t-1", new RawEndpoint(EndpointKind.MDEV_TYPE, type, pci));
      for (int i = random.nextInt(3); i > 0; i--) {
        endpoints.put(
            "0000000%d-0000-0000-0000-00000000000%d".formatted(n, i),
            new RawEndpoint(EndpointKind.MDEV_DEVICE, type, pci));
      }
      hosts.put(
          "host-" + n,
          new RawHost(
              random.nextInt(8) == 0
                  ? Optional.empty()
                  : Optional.of(POOLS.get(random.nextInt(POOLS.size()))),
              "6." + random.nextInt(3) + ".0",
              random.nextInt(8) > 0,
              endpoints,
              Map.of("0000:00:02.0/t-1", random.nextInt(3))));
    }
    return new RawFleet(hosts);
  }

  static HostSelection select(List<String> hosts) {
    return new HostSelection(
        hosts, Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  static RawHost endpoints(RawHost host, SortedMap<String, RawEndpoint> endpoints) {
    return new RawHost(host.pool(), host.kernel(), host.fresh(), endpoints, host.capacity());
  }

  static RawHost with(RawHost host, String name, String value) {
    TreeMap<String, RawEndpoint> changed = new TreeMap<>();
    host.endpoints()
        .forEach(
            (endpoint, raw) -> {
              Map<String, String> type = new TreeMap<>(raw.type());
              type.put(name, value);
              changed.put(endpoint, new RawEndpoint(raw.kind(), type, raw.pci()));
            });
    return endpoints(host, changed);
  }

  static RawHost without(RawHost host, String name) {
    TreeMap<String, RawEndpoint> changed = new TreeMap<>();
    host.endpoints()
        .forEach(
            (endpoint, raw) -> {
              Map<String, String> type = new TreeMap<>(raw.type());
              type.remove(name);
              changed.put(endpoint, new RawEndpoint(raw.kind(), type, raw.pci()));
            });
    return endpoints(host, changed);
  }

  static HypotheticalChange change(
      HostSelection selection, Map<String, String> set, Optional<DriverVersion> driver) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    set.forEach((name, value) -> attributes.put(name, new Attribute.Text(value)));
    return new HypotheticalChange(
        selection,
        new EndpointFilter(Optional.empty(), Optional.empty()),
        attributes,
        driver,
        Optional.empty(),
        Service.STAY,
        List.of(),
        Optional.empty(),
        List.of(),
        Set.of());
  }
}
