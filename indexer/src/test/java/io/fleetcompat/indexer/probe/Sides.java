package io.fleetcompat.indexer.probe;

import io.fleetcompat.compatibility.profile.ProbeSide;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.Map;
import java.util.Optional;

/** Sides of invented mdev types. */
final class Sides {

  private Sides() {}

  static ProbeSide of(String version) {
    return of("t", version, "0x8086");
  }

  static ProbeSide of(String type, String version, String vendor) {
    return Profile.of(
            new Endpoint(
                EndpointName.type("p", type),
                EndpointKind.MDEV_TYPE,
                Optional.of(type),
                Attributes.of(Map.of("migration_version", new Attribute.Text(version))),
                Attributes.NONE,
                Attributes.of(Map.of("vendor", new Attribute.Text(vendor)))))
        .probeSide()
        .orElseThrow();
  }
}
