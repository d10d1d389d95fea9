package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Invents endpoints that use every spelling of every interface, well and badly. Values are drawn
 * from few, so that two endpoints agree as often as they differ.
 */
final class NastyEndpoints {

  private static final List<String> ERRNOS =
      List.of("EACCES", "EPERM", "EIO", "ENODEV", "ETIMEDOUT", "EINVAL", "EOPNOTSUPP");
  private static final List<String> TYPES =
      List.of("i915-GVTg_V5_4", "i915-GVTg_V5_8", "nvidia-63");

  private final Random random;
  private final NastyPatterns patterns;

  NastyEndpoints(Random random) {
    this.random = random;
    this.patterns = new NastyPatterns(random);
  }

  Endpoint next() {
    EndpointKind kind = pick(EndpointKind.values());
    if (random.nextInt(3) == 0) {
      kind = pick(EndpointKind.MDEV_TYPE, EndpointKind.MDEV_DEVICE, EndpointKind.VIRTIO_DEVICE);
    }
    boolean mdev = kind == EndpointKind.MDEV_TYPE || kind == EndpointKind.MDEV_DEVICE;
    Optional<String> type = mdev && !chance(20) ? Optional.of(pick(TYPES)) : Optional.empty();
    EndpointName name =
        kind.isType()
            ? EndpointName.type("0000:00:02.0", type.orElse("type"))
            : EndpointName.device("device");
    return new Endpoint(name, kind, type, own(kind), ofType(kind), pci());
  }

  private Attributes own(EndpointKind kind) {
    Map<String, Attribute> own = new TreeMap<>();
    if (kind == EndpointKind.MDEV_TYPE || chance(4)) {
      typeAttributes(own);
    }
    if (kind == EndpointKind.VIRTIO_DEVICE || chance(20)) {
      virtio(own);
    }
    if (chance(2)) {
      patterns.interfaceOf(own);
    }
    if (chance(4)) {
      put(own, pick("migration_version", "version"), pick("a", "b", "", "x".repeat(4096)));
    }
    for (String resource : List.of("aggregator", "fps", "intel_vgpu/aggregator", "b/fps")) {
      if (chance(3)) {
        put(own, resource, pick("1", "2", ""));
      }
    }
    return Attributes.of(own);
  }

  private Attributes ofType(EndpointKind kind) {
    if (kind != EndpointKind.MDEV_DEVICE) {
      return Attributes.NONE;
    }
    if (chance(10)) {
      return Attributes.of(
          Map.of(
              "mdev_type",
              pick(
                  new Attribute.Unreadable("ENOENT"),
                  new Attribute.Unreadable("EXDEV"),
                  new Attribute.Malformed("a file"))));
    }
    Map<String, Attribute> type = new TreeMap<>();
    typeAttributes(type);
    if (chance(3)) {
      put(type, pick("migration_version", "version"), pick("a", "b", ""));
    }
    if (chance(8)) {
      patterns.interfaceOf(type);
    }
    return Attributes.of(type);
  }

  private void typeAttributes(Map<String, Attribute> type) {
    if (!chance(5)) {
      put(type, "device_api", pick("vfio-pci", "vfio-pci", "vfio_pci", "vfio-ccw", "vfio-x", ""));
    }
    if (!chance(4)) {
      String version =
          pick(
              "1.2",
              "1.2.0",
              "1.3.0",
              "1.03.7",
              "1.10",
              "2.0.0",
              "0.1",
              "v1.2",
              "1.2.3-rc1",
              "1",
              "",
              "1.2.",
              "99999999999999999999.1.1",
              "1.2.3.4",
              " 1.2",
              "1.٢");
      put(type, "software_version", version);
    }
    for (String field : List.of("pci_ids", "type", "pv_mode", "x/y")) {
      if (chance(3)) {
        put(type, "compatible_" + field, list());
      }
    }
    if (chance(2)) {
      put(
          type,
          "dynamic_resources",
          pick("aggregator", "fps,aggregator", " fps , ,", "", "../x", "a/b", "."));
    }
  }

  private String list() {
    List<String> values =
        List.of(
            "80865963",
            "0x80865963",
            "8086:5963",
            "8086ABCD",
            "8086:abcd",
            "i915-GVTg_V5_4",
            "",
            " a",
            "a ",
            "vfio_pci",
            "vfio-pci",
            "5963",
            "5963 ",
            "0XFF",
            "0xff");
    StringBuilder list = new StringBuilder(pick(values));
    while (chance(2)) {
      list.append(',').append(pick(values));
    }
    return list.toString();
  }

  private void virtio(Map<String, Attribute> own) {
    put(own, "device", pick("0x0001", "0x0001", "0x0002", "1", "zz", "0X0001"));
    put(own, "vendor", pick("0x1af4", "0x1AF4", "1af4", ""));
    if (!chance(4)) {
      put(own, "status", pick("0x0000000f", "0x0000000f", "0x4", "0x8f", "0x3", "15", "", "0x"));
    }
    put(own, "features", pick("1100", "1110", "11000000", "0", "", "1x", "0100"));
  }

  private Attributes pci() {
    Map<String, Attribute> pci = new TreeMap<>();
    if (!chance(5)) {
      put(pci, "vendor", pick("0x8086", "0x8086", "0x10de", "8086", "q"));
      put(pci, "device", pick("0x5963", "0x1"));
      put(pci, "driver", pick("i915", "vfio-pci"));
    }
    return Attributes.of(pci);
  }

  private void put(Map<String, Attribute> attributes, String path, String text) {
    attribute(random, text).ifPresent(attribute -> attributes.put(path, attribute));
  }

  /** Mostly the text; sometimes what else reading can give. */
  static Optional<Attribute> attribute(Random random, String text) {
    return switch (random.nextInt(40)) {
      case 0 -> Optional.of(new Attribute.Malformed("not UTF-8"));
      case 1 -> Optional.of(new Attribute.Unreadable(ERRNOS.get(random.nextInt(ERRNOS.size()))));
      case 2 -> Optional.of(Attribute.DIRECTORY);
      case 3 -> Optional.empty();
      default -> Optional.of(new Attribute.Text(text));
    };
  }

  private boolean chance(int one) {
    return random.nextInt(one) == 0;
  }

  @SafeVarargs
  private <T> T pick(T... from) {
    return from[random.nextInt(from.length)];
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
