package io.fleetcompat.indexer;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.DocumentVersion;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.avro.HostCapacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Documents and heartbeats of invented hosts. */
public final class Documents {

  private Documents() {}

  /** A mdev type of that software version. */
  static Endpoint type(String parent, String type, String version) {
    Map<String, Attribute> own = new TreeMap<>();
    own.put("device_api", new Attribute.Text("vfio-pci"));
    own.put("software_version", new Attribute.Text(version));
    return new Endpoint(
        EndpointName.type(parent, type),
        EndpointKind.MDEV_TYPE,
        Optional.of(type),
        Attributes.of(own),
        Attributes.NONE,
        Attributes.of(Map.of("vendor", new Attribute.Text("0x8086"))));
  }

  /** Types of one parent, one per version. */
  public static List<Endpoint> types(String... versions) {
    List<Endpoint> types = new ArrayList<>();
    for (String version : versions) {
      types.add(type("0000:00:02." + types.size(), "i915-GVTg_V5_4", version));
    }
    return types;
  }

  public static byte[] document(String host, long epoch, long sequence, List<Endpoint> endpoints) {
    return document(host, epoch, sequence, Map.of("pool", "p" + host.length()), endpoints);
  }

  static byte[] document(
      String host,
      long epoch,
      long sequence,
      Map<String, String> labels,
      List<Endpoint> endpoints) {
    HostReading reading =
        new HostReading(
            Optional.of("6.1.0"),
            List.of(),
            Attributes.NONE,
            endpoints,
            List.of("0000:00:1f.0"),
            new TreeMap<>(),
            List.of());
    return Codecs.HOST_INVENTORY.encode(
        InventoryDocument.sent(
            InventoryDocument.of(reading, host, labels),
            new DocumentVersion(epoch, sequence),
            Instant.ofEpochMilli(1_700_000_000_000L + sequence),
            "scan",
            List.of()));
  }

  static byte[] heartbeat(String host) {
    return heartbeat(host, 1, 1);
  }

  static byte[] heartbeat(String host, long epoch, long sequence) {
    return heartbeat(host, epoch, sequence, false);
  }

  static byte[] heartbeat(String host, long epoch, long sequence, boolean probes) {
    return Codecs.HOST_CAPACITY.encode(
        new HostCapacity(
            host,
            epoch,
            sequence,
            Instant.EPOCH,
            Map.of("0000:00:02.0/i915-GVTg_V5_4", 3),
            probes,
            List.of(),
            null,
            Map.of()));
  }
}
