package io.fleetcompat.compatibility;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.Related;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An endpoint of a test, attribute by attribute. */
public final class EndpointBuilder {

  private final EndpointKind kind;
  private final Optional<String> mdevType;
  private final SortedMap<String, Attribute> own = new TreeMap<>();
  private final SortedMap<String, Attribute> type = new TreeMap<>();
  private final SortedMap<String, Attribute> pci = new TreeMap<>();
  private final SortedMap<String, Attribute> facts = new TreeMap<>();

  private EndpointBuilder(EndpointKind kind, Optional<String> mdevType) {
    this.kind = kind;
    this.mdevType = mdevType;
  }

  public static EndpointBuilder of(EndpointKind kind, Optional<String> mdevType) {
    return new EndpointBuilder(kind, mdevType);
  }

  public static EndpointBuilder type(String id) {
    return of(EndpointKind.MDEV_TYPE, Optional.of(id));
  }

  public static EndpointBuilder device(String typeId) {
    return of(EndpointKind.MDEV_DEVICE, Optional.of(typeId));
  }

  public static EndpointBuilder function() {
    return of(EndpointKind.PCI_FUNCTION, Optional.empty());
  }

  public static EndpointBuilder virtio() {
    return of(EndpointKind.VIRTIO_DEVICE, Optional.empty());
  }

  public EndpointBuilder own(String path, String text) {
    return own(path, new Attribute.Text(text));
  }

  public EndpointBuilder own(String path, Attribute attribute) {
    put(own, path, attribute);
    return this;
  }

  public EndpointBuilder type(String path, String text) {
    return type(path, new Attribute.Text(text));
  }

  public EndpointBuilder type(String path, Attribute attribute) {
    put(type, path, attribute);
    return this;
  }

  public EndpointBuilder pci(String path, String text) {
    return pci(path, new Attribute.Text(text));
  }

  public EndpointBuilder pci(String path, Attribute attribute) {
    put(pci, path, attribute);
    return this;
  }

  /** A fact about the endpoint itself. */
  public EndpointBuilder fact(String name, String text) {
    put(facts, name, new Attribute.Text(text));
    return this;
  }

  private static void put(SortedMap<String, Attribute> into, String path, Attribute attribute) {
    if (attribute instanceof Attribute.Absent) {
      into.remove(path);
    } else {
      into.put(path, attribute);
    }
  }

  public Endpoint build() {
    EndpointName name =
        kind.isType() ? EndpointName.type("parent", "type") : EndpointName.device("device");
    return new Endpoint(
            name, kind, mdevType, Attributes.of(own), Attributes.of(type), Attributes.of(pci))
        .with(new Related(Attributes.NONE, Attributes.NONE, Attributes.of(facts)));
  }

  public Profile profile() {
    return Profile.of(build());
  }
}
