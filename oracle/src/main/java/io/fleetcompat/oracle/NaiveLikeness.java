package io.fleetcompat.oracle;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import java.util.Optional;

/**
 * The kind, vendor and type of an endpoint, read off its raw attributes.
 *
 * @param kind empty where nothing tells it: then it is like nothing
 * @param id of the mdev type or of the virtio device
 * @param name of the type
 */
public record NaiveLikeness(
    Optional<String> kind, Optional<String> vendor, Optional<String> id, Optional<String> name) {

  /** The likeness of an endpoint. */
  public static NaiveLikeness of(Endpoint endpoint) {
    NaiveFacts facts = new NaiveFacts(endpoint);
    boolean virtio = endpoint.kind() == EndpointKind.VIRTIO_DEVICE;
    Optional<String> id = endpoint.mdevType();
    if (id.isEmpty()
        && virtio
        && endpoint.own().get("device") instanceof Attribute.Text(String device)
        && device.matches(NaiveValue.HARDWARE_ID)) {
      id = Optional.of(NaiveValue.normal(device));
    }
    if (facts.known()) {
      return new NaiveLikeness(
          Optional.of(facts.kind()), value(facts, "pci/vendor"), id, value(facts, "type/name"));
    }
    Optional<String> kind =
        endpoint
            .mdevType()
            .map(_ -> "mdev")
            .or(() -> virtio ? Optional.of("virtio") : Optional.empty());
    return new NaiveLikeness(kind, Optional.empty(), id, Optional.empty());
  }

  private static Optional<String> value(NaiveFacts facts, String address) {
    NaiveFacts.Fact fact = facts.get(address);
    return fact.there() ? Optional.of(fact.text()) : Optional.empty();
  }

  /**
   * True where both are of one kind, vendor and type; the name tells the type where both have one.
   */
  boolean isLike(NaiveLikeness other) {
    boolean named = name.isPresent() && other.name.isPresent();
    boolean numbered = id.isPresent() || other.id.isPresent();
    boolean sameType =
        named ? name.equals(other.name) : numbered ? id.equals(other.id) : name.equals(other.name);
    return kind.isPresent() && kind.equals(other.kind) && vendor.equals(other.vendor) && sameType;
  }

  /** The words by which a pool's groups are told apart; empty where it is like nothing. */
  public Optional<String> family() {
    return kind.map(word -> word + "|" + vendor.orElse("") + "|" + name.or(() -> id).orElse(""));
  }
}
