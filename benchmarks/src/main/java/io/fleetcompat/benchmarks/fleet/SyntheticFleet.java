package io.fleetcompat.benchmarks.fleet;

import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Capacities;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.CapacityRecord;
import io.fleetcompat.schemas.DocumentDigest;
import io.fleetcompat.schemas.DocumentId;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.avro.HostCapacity;
import io.fleetcompat.schemas.avro.HostInventory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A fleet of hosts with 16 endpoints each and 1,000 profiles in all: five models of card, of which
 * every host has two of one model; each card offers four types and has a device of each; the fleet
 * runs 25 driver releases side by side. Immutable.
 *
 * @param hosts how many
 * @param hostsPerPool how many of them are in each pool
 */
public record SyntheticFleet(int hosts, int hostsPerPool) {

  public static final int ENDPOINTS_PER_HOST = 16;

  /** The profiles of the fleet, when it is large enough. */
  public static final int PROFILES = 1000;

  /** Releases that a fleet begins with; an upgrade goes to one above. */
  public static final int RELEASES = 25;

  public static final int MODELS = 5;
  public static final int TYPES = 4;

  private static final int CARDS = 2;
  private static final int HOSTS_PER_POOL = 500;

  /** Releases of one major version: within it a driver is compatible upwards. */
  private static final int MINORS = 10;

  /** A fleet in pools of 500 hosts. */
  public SyntheticFleet(int hosts) {
    this(hosts, HOSTS_PER_POOL);
  }

  public static String host(int number) {
    return "host-%06d.bench.example".formatted(number);
  }

  public static int model(int host) {
    return host % MODELS;
  }

  /** The release that the host begins with. */
  public static int release(int host) {
    return host / MODELS % RELEASES;
  }

  /** A device that the host has at every release. */
  public static EndpointName device(int card, int type) {
    return EndpointName.device("c0ffee00-0000-4000-8000-0000000000%d%d".formatted(card, type));
  }

  static String parent(int card) {
    return "0000:%02x:00.0".formatted(0x3b + card);
  }

  static String typeId(int host, int type) {
    return "bench-%d_V%d".formatted(model(host), type);
  }

  /** The version that a release's types show. */
  public static String version(int release) {
    return "%d.%d.%d".formatted(1 + release / MINORS, release % MINORS, release % 3);
  }

  public HostInventory document(int host, int release, long sequence, Instant at) {
    return InventoryDocument.sent(
        InventoryDocument.of(reading(host, release), host(host), labels(host)),
        new DocumentVersion(1, sequence),
        at,
        "uevent",
        List.of());
  }

  /** Sends a host's document, and the heartbeat that vouches for it, as its collector does. */
  public void announce(
      InventoryPublisher publisher, int host, int release, long sequence, Instant at) {
    Optional<DocumentDigest> digest = publisher.publish(document(host, release, sequence, at));
    publisher.publish(capacity(host, new DocumentId(new DocumentVersion(1, sequence), digest), at));
  }

  /** A heartbeat that names a document by its version alone. */
  public HostCapacity capacity(int host, long sequence, Instant at) {
    return capacity(host, DocumentId.byVersion(new DocumentVersion(1, sequence)), at);
  }

  private HostCapacity capacity(int host, DocumentId document, Instant at) {
    Map<EndpointName, Integer> capacity = new TreeMap<>();
    for (int card = 0; card < CARDS; card++) {
      for (int type = 0; type < TYPES; type++) {
        capacity.put(EndpointName.type(parent(card), typeId(host, type)), 1 + type);
      }
    }
    return CapacityRecord.of(host(host), document, at, Capacities.of(capacity), false);
  }

  /**
   * The profiles that the hosts of all models have at a release: of endpoints as a document gives
   * them back, since its driver and facts are part of them.
   */
  public Set<Fingerprint> profiles(int release) {
    Set<Fingerprint> profiles = new TreeSet<>();
    for (int model = 0; model < MODELS; model++) {
      HostInventory document = document(model, release, 1, Instant.EPOCH);
      InventoryDocument.endpoints(document)
          .forEach(endpoint -> profiles.add(Profile.of(endpoint).fingerprint()));
    }
    return profiles;
  }

  Map<String, String> labels(int host) {
    return Map.of("pool", pool(host));
  }

  /** The pool of a host. */
  public String pool(int host) {
    return "pool-%03d".formatted(host / hostsPerPool);
  }

  private static HostReading reading(int host, int release) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int card = 0; card < CARDS; card++) {
      for (int type = 0; type < TYPES; type++) {
        endpoints.add(type(host, card, type, release));
        endpoints.add(device(host, card, type, release));
      }
    }
    return new HostReading(
        Optional.of("6.12.%d-bench".formatted(release)),
        List.of(
            new HostReading.Driver(
                "i915", Optional.of(version(release)), Optional.of("%024d".formatted(release)))),
        Attributes.NONE,
        endpoints,
        List.of(),
        Collections.emptySortedMap(),
        List.of());
  }

  private static Endpoint type(int host, int card, int type, int release) {
    return new Endpoint(
        EndpointName.type(parent(card), typeId(host, type)),
        EndpointKind.MDEV_TYPE,
        Optional.of(typeId(host, type)),
        attributes(typeAttributes(host, type, release)),
        Attributes.NONE,
        pci(host));
  }

  private static Endpoint device(int host, int card, int type, int release) {
    return new Endpoint(
        device(card, type),
        EndpointKind.MDEV_DEVICE,
        Optional.of(typeId(host, type)),
        attributes(Map.of("intel_vgpu/aggregator", String.valueOf(1 + type))),
        attributes(typeAttributes(host, type, release)),
        pci(host));
  }

  static Map<String, String> typeAttributes(int host, int type, int release) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("name", "GVTg bench type " + type);
    attributes.put("device_api", "vfio-pci");
    attributes.put(
        "description",
        "low_gm_size: 128MB\nhigh_gm_size: 512MB\nfence: 4\nresolution: 1920x1200\nweight: "
            + type);
    attributes.put("software_version", version(release));
    attributes.put("compatible_pci_ids", "8086:5963,8086:593%d".formatted(model(host)));
    attributes.put("dynamic_resources", "aggregator");
    return attributes;
  }

  private static Attributes pci(int host) {
    return attributes(
        Map.of("vendor", "8086", "device", "593%d".formatted(model(host)), "driver", "i915"));
  }

  private static Attributes attributes(Map<String, String> texts) {
    Map<String, Attribute> attributes = new TreeMap<>();
    texts.forEach((path, text) -> attributes.put(path, new Attribute.Text(text)));
    return Attributes.of(attributes);
  }
}
