package io.fleetcompat.query.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Related;
import io.fleetcompat.query.lookup.PeerToPeer.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Of several VFIO devices of a machine, each must have p2p; of one alone nothing is said. */
class PeerToPeerTest {

  private static final Device WITH = device("a/0000:3b:00.1", "qat_vfio_pci", "stop-copy\np2p");
  private static final Device WITHOUT =
      device("a/0000:75:00.1", "hisi_acc_vfio_pci", "stop-copy\npre-copy");
  private static final Device UNSHOWN = device("a/0000:17:00.2", "mlx5_vfio_pci", "");

  @Test
  void ofOneDeviceNothingIsSaid() {
    assertThat(PeerToPeer.of(List.of(WITHOUT))).isEqualTo(result(List.of(), List.of()));
    Device virtio = new Device("a/virtio0", facts(EndpointKind.VIRTIO_DEVICE, "virtio_net", ""));
    assertThat(PeerToPeer.of(List.of(WITHOUT, virtio, new Device("a/b", Optional.empty()))))
        .isEqualTo(result(List.of(), List.of()));
  }

  @Test
  void ofSeveralThoseThatLackItAndThoseOfWhichItIsNotKnownAreNamed() {
    assertThat(PeerToPeer.of(List.of(WITH, WITH))).isEqualTo(result(List.of(), List.of()));
    assertThat(PeerToPeer.of(List.of(WITH, WITHOUT, UNSHOWN)))
        .isEqualTo(result(List.of(WITHOUT.name()), List.of(UNSHOWN.name())));
  }

  @Test
  void aMalformedListIsNoneWhateverAFactSays() {
    Device doubtful = new Device("a/0000:17:00.3", malformedWithFact());
    assertThat(PeerToPeer.of(List.of(WITH, doubtful)))
        .isEqualTo(result(List.of(), List.of(doubtful.name())));
  }

  private static Optional<VendorFacts> malformedWithFact() {
    TreeMap<String, Attribute> own = new TreeMap<>();
    own.put("vendor", new Attribute.Text("0x8086"));
    own.put("driver", new Attribute.Text("mlx5_vfio_pci"));
    own.put("vfio_debugfs", new Attribute.Directory());
    own.put("vfio_debugfs/migration", new Attribute.Directory());
    own.put("vfio_debugfs/migration/features", new Attribute.Malformed("not UTF-8"));
    return VendorFacts.of(
        new Endpoint(
                EndpointName.device("d"),
                EndpointKind.PCI_FUNCTION,
                Optional.empty(),
                Attributes.of(own),
                Attributes.NONE,
                Attributes.of(own))
            .with(
                new Related(
                    Attributes.NONE,
                    Attributes.NONE,
                    Attributes.of(
                        new TreeMap<>(
                            Map.of("vfio.features", new Attribute.Text("stop-copy,p2p")))))));
  }

  private static PeerToPeer result(List<String> lacking, List<String> unknown) {
    return new PeerToPeer(lacking, unknown);
  }

  private static Device device(String name, String driver, String features) {
    return new Device(name, facts(EndpointKind.PCI_FUNCTION, driver, features));
  }

  private static Optional<VendorFacts> facts(EndpointKind kind, String driver, String features) {
    TreeMap<String, Attribute> own = new TreeMap<>();
    own.put("vendor", new Attribute.Text("0x8086"));
    own.put("driver", new Attribute.Text(driver));
    if (!features.isEmpty()) {
      own.put("vfio_debugfs", new Attribute.Directory());
      own.put("vfio_debugfs/migration", new Attribute.Directory());
      own.put("vfio_debugfs/migration/features", new Attribute.Text(features));
    }
    return VendorFacts.of(
        new Endpoint(
            EndpointName.device("d"),
            kind,
            Optional.empty(),
            Attributes.of(own),
            Attributes.NONE,
            Attributes.of(own)));
  }
}
