package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.Map;
import java.util.Optional;

/** Profiles of invented types. */
final class Profiles {

  private Profiles() {}

  static Profile ofVersion(String version) {
    return Profile.of(
        new Endpoint(
            EndpointName.type("0000:00:02.0", "t"),
            EndpointKind.MDEV_TYPE,
            Optional.of("t"),
            Attributes.of(
                Map.of(
                    "device_api", new Attribute.Text("vfio-pci"),
                    "software_version", new Attribute.Text(version))),
            Attributes.NONE,
            Attributes.NONE));
  }
}
