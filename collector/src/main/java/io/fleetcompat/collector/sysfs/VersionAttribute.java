package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import java.util.Optional;

/**
 * A {@code migration_version} attribute (once {@code version}) that was read: of the endpoint's own
 * node, or of its mdev type (docs/rules.md 3.3).
 *
 * @param endpoint the endpoint as it was read
 * @param path below the root, links and all
 * @param text the string that it gave
 */
public record VersionAttribute(Endpoint endpoint, String path, String text) {

  private static final String NAME = "migration_version";
  private static final String OLD_NAME = "version";
  private static final String TYPE_LINK = "mdev_type/";

  /** The attribute that stands for the endpoint at a node; empty where none gave a string. */
  public static Optional<VersionAttribute> of(Endpoint endpoint, Node node) {
    boolean mdev =
        endpoint.kind() == EndpointKind.MDEV_DEVICE || endpoint.kind() == EndpointKind.MDEV_TYPE;
    Optional<String> own = name(endpoint.own(), mdev);
    if (own.isPresent()) {
      return of(endpoint, endpoint.own(), own.get(), node.at(own.get()));
    }
    return endpoint.kind() == EndpointKind.MDEV_DEVICE
        ? name(endpoint.type(), true)
            .flatMap(name -> of(endpoint, endpoint.type(), name, node.at(TYPE_LINK + name)))
        : Optional.empty();
  }

  /** The name by which a node has it; what is there in another form counts too. */
  private static Optional<String> name(Attributes node, boolean mdev) {
    if (!(node.get(NAME) instanceof Attribute.Absent)) {
      return Optional.of(NAME);
    }
    return mdev && !(node.get(OLD_NAME) instanceof Attribute.Absent)
        ? Optional.of(OLD_NAME)
        : Optional.empty();
  }

  private static Optional<VersionAttribute> of(
      Endpoint endpoint, Attributes node, String name, String path) {
    return node.get(name) instanceof Attribute.Text(String text)
        ? Optional.of(new VersionAttribute(endpoint, path, text))
        : Optional.empty();
  }

  public EndpointName name() {
    return endpoint.name();
  }
}
