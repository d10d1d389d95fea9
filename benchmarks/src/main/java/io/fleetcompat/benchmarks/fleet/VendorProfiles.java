package io.fleetcompat.benchmarks.fleet;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.Related;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The profiles of devices whose drivers declare nothing, as today's kernels have them, with every
 * value that their rule pack asks for: {@link #MODELS} vGPU types or card models, and as many
 * releases of driver or firmware as the number of profiles needs.
 */
public enum VendorProfiles {
  NVIDIA_MDEV("nvidia") {
    @Override
    Endpoint endpoint(int model, int release, HostContext host) {
      return new Endpoint(
          EndpointName.type(FUNCTION, "nvidia-" + model),
          EndpointKind.MDEV_TYPE,
          Optional.of("nvidia-" + model),
          texts(Map.of("name", "GRID A40-%dQ".formatted(model), "device_api", "vfio-pci")),
          Attributes.NONE,
          nvidia("0x2235"),
          new Related(Attributes.NONE, Attributes.NONE, texts(ECC)),
          host);
    }
  },
  NVIDIA_VFIO("nvidia") {
    @Override
    Endpoint endpoint(int model, int release, HostContext host) {
      return new Endpoint(
          EndpointName.type(FUNCTION, String.valueOf(model)),
          EndpointKind.NVIDIA_TYPE,
          Optional.empty(),
          texts(Map.of("name", "NVIDIA L40S-%dQ".formatted(model))),
          Attributes.NONE,
          nvidia("0x26b9"),
          new Related(Attributes.NONE, Attributes.NONE, texts(ECC)),
          host);
    }
  },
  MLX5("mlx5_vfio_pci") {
    @Override
    Endpoint endpoint(int model, int release, HostContext host) {
      return virtualFunction(
          "0x15b3",
          model,
          this,
          texts(
              Map.of(
                  "infiniband/fw_ver",
                  "22.%d.1002".formatted(30 + release),
                  "infiniband/board_id",
                  "MT_%010d".formatted(model),
                  "infiniband/link_layer",
                  "Ethernet")),
          texts(Map.of("vfio.migration", "present", "mlx5.migratable", "enable")),
          host);
    }
  },
  QAT("qat_vfio_pci") {
    @Override
    Endpoint endpoint(int model, int release, HostContext host) {
      return virtualFunction(
          "0x8086",
          model,
          this,
          texts(Map.of("qat/cfg_services", release % 2 == 0 ? "sym;asym" : "dc")),
          texts(
              Map.of(
                  "vfio.migration",
                  "present",
                  "qat.accel_capabilities_mask",
                  "0x%x".formatted(0xf0000000L + release),
                  "qat.extended_dc_capabilities",
                  "0x1",
                  "qat.sla",
                  "sym:0xf:%d:%d".formatted(100 + release, 200 + release))),
          host);
    }
  },
  XE("xe-vfio-pci") {
    @Override
    Endpoint endpoint(int model, int release, HostContext host) {
      return virtualFunction(
          "0x8086",
          model,
          this,
          Attributes.NONE,
          texts(
              Map.of(
                  "vfio.migration",
                  "present",
                  "xe.guc_release",
                  "70.%d.0".formatted(54 + release),
                  "xe.guc_compatibility",
                  "1.%d.0".formatted(27 + release))),
          host);
    }
  };

  /** Types of one card, or models of one driver. */
  public static final int MODELS = 8;

  private static final String FUNCTION = "0000:3b:00.4";
  private static final Map<String, String> ECC = Map.of("nvidia.ecc_mode", "enabled");

  private final String driver;

  VendorProfiles(String driver) {
    this.driver = driver;
  }

  abstract Endpoint endpoint(int model, int release, HostContext host);

  String driver() {
    return driver;
  }

  /**
   * @param count how many; no two are equal, unless the driver's rules ask for nothing that differs
   */
  public List<Profile> profiles(int count) {
    return IntStream.range(0, count).mapToObj(this::profile).toList();
  }

  /** Profiles of all families in turn: what a fleet of all these devices has. */
  public static List<Profile> mixed(int count) {
    VendorProfiles[] families = values();
    return IntStream.range(0, count)
        .mapToObj(i -> families[i % families.length].profile(i / families.length))
        .toList();
  }

  private Profile profile(int number) {
    int release = number / MODELS;
    Driver loaded =
        new Driver(driver, Optional.of("570.%d.01".formatted(100 + release)), Optional.empty());
    return Profile.of(
        endpoint(
            number % MODELS,
            release,
            HostContext.of(Optional.empty(), List.of(loaded), Attributes.NONE)));
  }

  private static Attributes nvidia(String device) {
    return texts(
        Map.of(
            "vendor", "0x10de",
            "device", device,
            "revision", "0xa1",
            "class", "0x030200",
            "driver", "nvidia"));
  }

  private static Endpoint virtualFunction(
      String vendor,
      int model,
      VendorProfiles family,
      Attributes physicalFunction,
      Attributes facts,
      HostContext host) {
    Attributes ids =
        texts(
            Map.of(
                "vendor",
                vendor,
                "device",
                "0x101%d".formatted(model),
                "revision",
                "0x00",
                "class",
                "0x020000",
                "driver",
                family.driver()));
    return new Endpoint(
        EndpointName.device(FUNCTION),
        EndpointKind.PCI_FUNCTION,
        Optional.empty(),
        ids,
        Attributes.NONE,
        ids,
        new Related(physicalFunction, Attributes.NONE, facts),
        host);
  }

  private static Attributes texts(Map<String, String> texts) {
    Map<String, Attribute> attributes = new TreeMap<>();
    texts.forEach((path, text) -> attributes.put(path, new Attribute.Text(text)));
    return Attributes.of(attributes);
  }
}
