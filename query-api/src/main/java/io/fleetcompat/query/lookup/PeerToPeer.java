package io.fleetcompat.query.lookup;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The devices of a machine that others may not write to while they are paused, or of which that is
 * not known. QEMU migrates several VFIO devices only if all of them support it
 * (hw/vfio/migration.c @019d9e6cc408), so of one device alone nothing is said. Immutable.
 *
 * @param lacking spelled names of sources whose migration features are known and lack it
 * @param unknown of those whose features nobody has shown
 */
public record PeerToPeer(List<String> lacking, List<String> unknown) {

  private static final Set<DeviceKind> VFIO =
      Set.of(DeviceKind.MDEV, DeviceKind.PCI, DeviceKind.NVIDIA_VF);

  private static final List<String> FEATURES = List.of("vfio/features", "fact/vfio.features");
  private static final String WANTED = "p2p";

  public PeerToPeer {
    lacking = List.copyOf(lacking);
    unknown = List.copyOf(unknown);
  }

  /** A device of the machine: its spelled name, and its facts where they are known. */
  record Device(String name, Optional<VendorFacts> facts) {}

  static PeerToPeer of(IndexView view, List<IndexedEndpoint> sources) {
    return of(
        sources.stream()
            .map(
                source ->
                    new Device(
                        source.reference(),
                        Checks.profile(view, source).flatMap(Profile::vendorFacts)))
            .toList());
  }

  static PeerToPeer of(List<Device> devices) {
    List<String> lacking = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    int several = 0;
    for (Device device : devices) {
      if (device.facts().filter(facts -> VFIO.contains(facts.kind())).isPresent()) {
        several++;
        Optional<Boolean> has = has(device.facts().get());
        if (!has.orElse(true)) {
          lacking.add(device.name());
        } else if (has.isEmpty()) {
          unknown.add(device.name());
        }
      }
    }
    return several < 2 ? new PeerToPeer(List.of(), List.of()) : new PeerToPeer(lacking, unknown);
  }

  /**
   * True for a device that has it; empty where nobody has shown its features. The first list
   * counts, good or malformed.
   */
  private static Optional<Boolean> has(VendorFacts facts) {
    for (String address : FEATURES) {
      switch (facts.get(address)) {
        case Parsed.Value<String>(String features) -> {
          return Optional.of(List.of(features.split("[,\\s]+", -1)).contains(WANTED));
        }
        case Parsed.Malformed<String> _ -> {
          return Optional.empty();
        }
        case Parsed.Absent<String> _, Parsed.Unreadable<String> _ -> {}
      }
    }
    return Optional.empty();
  }
}
