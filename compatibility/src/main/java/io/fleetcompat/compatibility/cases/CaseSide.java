package io.fleetcompat.compatibility.cases;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostContext;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.Related;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One side of a case: a device by the values at its addresses.
 *
 * @param driver empty where no driver holds it
 * @param values as sysfs or a facts file spells them, by address
 */
record CaseSide(DeviceKind kind, Optional<String> driver, SortedMap<String, Attribute> values) {

  private static final String DEBUGFS = "vfio_debugfs";
  private static final String MIGRATION = DEBUGFS + "/migration";
  private static final String DRIVER = "driver";
  private static final Attribute ERROR = new Attribute.Unreadable("EACCES");

  CaseSide {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The value of what is there and cannot be read. */
  static Attribute unreadable() {
    return ERROR;
  }

  /** An endpoint that a collector could have read so. */
  Endpoint endpoint() {
    SortedMap<String, Attribute> own = new TreeMap<>(scope("endpoint"));
    debugfs(own);
    SortedMap<String, Attribute> type = new TreeMap<>(scope("type"));
    Optional<String> typeId = text(type.remove("id"));
    if (kind == DeviceKind.NVIDIA_VF) {
      own.put("nvidia", Attribute.DIRECTORY);
      Optional.ofNullable(type.remove("name")).ifPresent(name -> own.put("nvidia/vgpu_name", name));
    }
    SortedMap<String, Attribute> pci = new TreeMap<>(scope("pci"));
    SortedMap<String, Attribute> parent = new TreeMap<>(scope("parent"));
    boolean function = kind == DeviceKind.PCI || kind == DeviceKind.NVIDIA_VF || !pci.isEmpty();
    driver.ifPresent(name -> (function ? pci : parent).put(DRIVER, new Attribute.Text(name)));
    return new Endpoint(
        EndpointName.device("device"),
        endpointKind(),
        typeId,
        Attributes.of(own),
        Attributes.of(type),
        Attributes.of(pci),
        new Related(
            Attributes.of(scope("physfn")), Attributes.of(parent), Attributes.of(scope("fact"))),
        HostContext.of(Optional.empty(), module(), Attributes.NONE));
  }

  private EndpointKind endpointKind() {
    return switch (kind) {
      case MDEV -> EndpointKind.MDEV_DEVICE;
      case PCI, NVIDIA_VF -> EndpointKind.PCI_FUNCTION;
      case VIRTIO -> EndpointKind.VIRTIO_DEVICE;
      case PARENT -> EndpointKind.PARENT_DEVICE;
    };
  }

  private List<Driver> module() {
    return driver
        .map(name -> new Driver(name, text(values.get("module/version")), Optional.empty()))
        .stream()
        .toList();
  }

  /** VFIO's debugfs, as it makes {@code vfio/migration} and {@code vfio/features} so. */
  private void debugfs(SortedMap<String, Attribute> own) {
    SortedMap<String, Attribute> vfio = scope("vfio");
    Optional.ofNullable(vfio.get("migration"))
        .ifPresent(
            migration -> {
              own.put(DEBUGFS, migration.equals(ERROR) ? ERROR : Attribute.DIRECTORY);
              switch (text(migration).orElse("")) {
                case VendorFacts.PRESENT -> own.put(MIGRATION, Attribute.DIRECTORY);
                case VendorFacts.ABSENT, "" -> {}
                default ->
                    own.put(MIGRATION, new Attribute.Malformed("neither present nor absent"));
              }
            });
    Optional.ofNullable(vfio.get("features"))
        .ifPresent(
            features -> {
              own.put(DEBUGFS, Attribute.DIRECTORY);
              own.put(MIGRATION, Attribute.DIRECTORY);
              own.put(MIGRATION + "/features", features);
            });
  }

  private static Optional<String> text(@Nullable Attribute attribute) {
    return attribute instanceof Attribute.Text(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  private SortedMap<String, Attribute> scope(String scope) {
    return Attributes.of(values).below(scope).byPath();
  }
}
