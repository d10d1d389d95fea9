package io.fleetcompat.compatibility.judge;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Endpoints as a hostile fleet might have them: few distinct values, so that pairs often agree, and
 * now and then what is malformed, unreadable or a directory.
 */
final class RandomEndpoints {

  private static final List<EndpointKind> KINDS = List.of(EndpointKind.values());
  private static final String[] TYPES = {"i915-GVTg_V5_2", "i915-GVTg_V5_4"};
  private static final String[] VERSIONS = {"1.2", "1.2.0", "1.2.3", "1.3.0", "2.0.0", "v1", ""};
  private static final String[] APIS = {"vfio-pci", "vfio_pci", "vfio-ccw", "vfio-gpu"};
  private static final String[] SETS = {"591d", "591D", "591b, 591d", " ,", "5931,591b,591d"};
  private static final String[] RESOURCES = {"aggregator", "fps, aggregator", "a/b", ".."};
  private static final String[] OPAQUE = {"8086591d-v1", "8086591d-v2", ""};
  private static final String[] ERRORS = {"EIO", "EACCES", "EINVAL", "ETIMEDOUT"};
  private static final String[] SELVES = {"2", "4", "\"2\"", "", "a , b", "80865963"};
  private static final String[] PATTERNS = {
    "2", "4", "\"\"", "a,b", "8086:5963", "{v:int:1,2,4,8}", "{v}/2", "{v}", "2\n4", "{w", "{v}/0"
  };
  private static final String[] TEXT_SELVES = {
    "a=2\nb=1", "a=4\nb=2", "a=2", "", "a", "a=2\n\na=4"
  };
  private static final String[] TEXT_PATTERNS = {
    "a={v:int:2,4}\nb={v}/2", "a=2\nb=1\n\na=4\nb=2", "a=2\nb=\"\"", "", "b={v}", "a=2\na=2"
  };
  private static final String[] ONE_FILES = {
    "SELF:\n a=2\nCOMPATIBLE:\n a={v:int:2,4} # either\n",
    "{\"self\":[{\"a\":\"2\"}],\"compatible\":[{\"a\":\"{v:int:2,4}\"}]}",
    "{\"self\":[{\"a\":\"2\"},{\"a\":\"8\"}],\"compatible\":[]}",
    "{\"self\":[{\"a\":2}]}",
    "SELF:\n a=2\n"
  };
  private static final String[] FEATURES = {"1100", "11000000", "1110", "11x0", "", "0"};
  private static final String[] STATUS = {"0x0000000f", "0x00000001", "0x0000008f", "yes"};
  private static final String[] IDS = {"0x0001", "0x0002", "one"};
  private static final String[] VENDORS = {"0x8086", "0x10de"};

  private final RandomGenerator random;

  RandomEndpoints(RandomGenerator random) {
    this.random = random;
  }

  Endpoint next() {
    EndpointKind kind = KINDS.get(random.nextInt(KINDS.size()));
    boolean mdev = kind == EndpointKind.MDEV_DEVICE || kind == EndpointKind.MDEV_TYPE;
    Map<String, Attribute> own = new TreeMap<>();
    if (random.nextInt(3) == 0) {
      selfCompatible(own);
    }
    opaque(own);
    if (kind == EndpointKind.MDEV_TYPE) {
      typeAttributes(own);
    }
    if (kind == EndpointKind.VIRTIO_DEVICE) {
      virtio(own);
    }
    Map<String, Attribute> type = new TreeMap<>();
    if (kind == EndpointKind.MDEV_DEVICE && random.nextInt(8) == 0) {
      type.put("mdev_type", new Attribute.Unreadable(random.nextBoolean() ? "ENOENT" : "EXDEV"));
    } else if (kind == EndpointKind.MDEV_DEVICE) {
      typeAttributes(type);
      opaque(type);
    }
    Map<String, Attribute> pci = new TreeMap<>();
    put(pci, "vendor", 6, VENDORS);
    return new Endpoint(
        EndpointName.device("d"),
        kind,
        mdev && random.nextInt(8) > 0 ? Optional.of(pick(TYPES)) : Optional.empty(),
        Attributes.of(own),
        Attributes.of(type),
        Attributes.of(pci));
  }

  private void typeAttributes(Map<String, Attribute> into) {
    put(into, "software_version", 4, VERSIONS);
    put(into, "device_api", 8, APIS);
    put(into, "compatible_pci_ids", 3, SETS);
    put(into, "compatible_chpid", 1, SETS);
    put(into, "compatible_type", 1, TYPES);
    put(into, "dynamic_resources", 2, RESOURCES);
  }

  private void opaque(Map<String, Attribute> into) {
    if (random.nextInt(4) == 0) {
      put(into, random.nextBoolean() ? "migration_version" : "version", 8, OPAQUE);
    }
  }

  private void virtio(Map<String, Attribute> into) {
    put(into, "device", 8, IDS);
    put(into, "vendor", 8, IDS);
    put(into, "status", 5, STATUS);
    put(into, "features", 8, FEATURES);
  }

  private void selfCompatible(Map<String, Attribute> into) {
    int form = random.nextInt(8);
    if (form < 4) {
      into.put("migration/self", Attribute.DIRECTORY);
      into.put("migration/compatible", Attribute.DIRECTORY);
      for (String attribute : new String[] {"a", "b"}) {
        put(into, "migration/self/" + attribute, 6, SELVES);
        put(into, "migration/compatible/" + attribute, 5, PATTERNS);
        put(into, "migration/compatible/0/" + attribute, 2, PATTERNS);
      }
    } else if (form < 6) {
      put(into, "migration/self", 8, TEXT_SELVES);
      put(into, "migration/compatible", 8, TEXT_PATTERNS);
    }
    if (form >= 6 || random.nextInt(8) == 0) {
      put(into, "migration_compatible", 8, ONE_FILES);
    }
  }

  /** Present with so many chances in eight, and then almost always as one of the texts. */
  private void put(Map<String, Attribute> into, String path, int eighths, String[] texts) {
    if (random.nextInt(8) < eighths) {
      into.put(
          path,
          switch (random.nextInt(24)) {
            case 0 -> new Attribute.Malformed("expected UTF-8, found something else");
            case 1 -> new Attribute.Unreadable(pick(ERRORS));
            case 2 -> Attribute.DIRECTORY;
            default -> new Attribute.Text(pick(texts));
          });
    }
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
