package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading.Driver;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.Optional;

/**
 * The attributes of an endpoint by their address, {@code SCOPE/PATH} (docs/rules.md 3.5): of its
 * own node, its type, its PCI function, the physical function of that, its parent, its driver's
 * module, VFIO's debugfs, and the facts of its host.
 */
final class EndpointAddresses {

  private static final String VFIO_DEBUGFS = "vfio_debugfs";
  private static final String VFIO_MIGRATION = VFIO_DEBUGFS + "/migration";
  private static final String VFIO_FEATURES = VFIO_MIGRATION + "/features";
  private static final String NAME = "name";
  private static final String NVIDIA = "nvidia";
  private static final String NVIDIA_NAME = "nvidia/vgpu_name";
  private static final String DRIVER = "driver";

  private final Endpoint endpoint;

  EndpointAddresses(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** The kind of device that it is, or would be. */
  DeviceKind kind() {
    return switch (endpoint.kind()) {
      case MDEV_TYPE, MDEV_DEVICE -> DeviceKind.MDEV;
      case NVIDIA_TYPE -> DeviceKind.NVIDIA_VF;
      case PCI_FUNCTION -> isOfNvidia() ? DeviceKind.NVIDIA_VF : DeviceKind.PCI;
      case VIRTIO_DEVICE -> DeviceKind.VIRTIO;
      case PARENT_DEVICE -> DeviceKind.PARENT;
    };
  }

  private boolean isOfNvidia() {
    return !(endpoint.own().get(NVIDIA) instanceof Attribute.Absent)
        || !endpoint.own().below(NVIDIA).byPath().isEmpty();
  }

  /** The driver that holds its PCI function, or its parent that is none. */
  Attribute driver() {
    return endpoint.pci().byPath().isEmpty()
        ? endpoint.related().parent().get(DRIVER)
        : endpoint.pci().get(DRIVER);
  }

  /** The attribute at an address; absent where the scope is none of these. */
  Attribute get(String address) {
    int slash = address.indexOf('/');
    String path = address.substring(slash + 1);
    return switch (address.substring(0, Math.max(slash, 0))) {
      case "endpoint" -> endpoint.own().get(path);
      case "type" -> ofType(path);
      case "pci" -> endpoint.pci().get(path);
      case "physfn" -> endpoint.related().physfn().get(path);
      case "parent" -> endpoint.related().parent().get(path);
      case "module" -> ofModule(path);
      case "vfio" -> ofDebugfs(path);
      case "fact" -> ofFacts(path);
      default -> Attribute.ABSENT;
    };
  }

  private Attribute ofType(String path) {
    if (path.equals("id")) {
      return endpoint.mdevType().<Attribute>map(Attribute.Text::new).orElse(Attribute.ABSENT);
    }
    return switch (endpoint.kind()) {
      case MDEV_TYPE, NVIDIA_TYPE -> endpoint.own().get(path);
      case MDEV_DEVICE -> ofSeenType(path);
      case PCI_FUNCTION -> path.equals(NAME) ? endpoint.own().get(NVIDIA_NAME) : Attribute.ABSENT;
      case VIRTIO_DEVICE, PARENT_DEVICE -> Attribute.ABSENT;
    };
  }

  /** The reason for it is all there is where the link to the type leads nowhere. */
  private Attribute ofSeenType(String path) {
    Attribute link = endpoint.type().get(MdevTypeLink.NAME);
    boolean seen = link instanceof Attribute.Absent || link.equals(MdevTypeLink.NOTHING_THERE);
    return seen ? endpoint.type().get(path) : link;
  }

  private Attribute ofModule(String path) {
    Optional<String> text =
        path.equals("version") ? endpoint.driver().flatMap(Driver::version) : Optional.empty();
    return text.<Attribute>map(Attribute.Text::new).orElse(Attribute.ABSENT);
  }

  /** Without VFIO's debugfs nothing is said; where it has the device, what is not there is not. */
  private Attribute ofDebugfs(String path) {
    Attribute device = endpoint.own().get(VFIO_DEBUGFS);
    if (!(device instanceof Attribute.Directory)) {
      return device;
    }
    Attribute migration = endpoint.own().get(VFIO_MIGRATION);
    return switch (path) {
      case "migration" ->
          switch (migration) {
            case Attribute.Directory() -> new Attribute.Text(VendorFacts.PRESENT);
            case Attribute.Absent() -> new Attribute.Text(VendorFacts.ABSENT);
            case Attribute.Text _ -> new Attribute.Malformed("expected a directory, found a file");
            case Attribute.Malformed _, Attribute.Unreadable _ -> migration;
          };
      case "features" ->
          migration instanceof Attribute.Unreadable ? migration : endpoint.own().get(VFIO_FEATURES);
      default -> Attribute.ABSENT;
    };
  }

  private Attribute ofFacts(String name) {
    Attribute own = endpoint.related().facts().get(name);
    return own instanceof Attribute.Absent ? endpoint.host().facts().get(name) : own;
  }
}
