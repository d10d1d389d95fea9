package io.fleetcompat.compatibility.profile;

import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import java.util.Optional;

/**
 * The kind, vendor and type of a device or type, as far as its profile tells them: where no rule
 * decides, only endpoints that are alike in these are worth showing. Immutable.
 *
 * @param kind empty where the profile does not tell it: then it is like nothing
 * @param vendor PCI vendor
 * @param typeId of the mdev type, or the device id of a virtio device
 * @param typeName as the driver calls the type
 */
public record Likeness(
    Optional<DeviceKind> kind,
    Optional<String> vendor,
    Optional<String> typeId,
    Optional<String> typeName) {

  /** The likeness of a profile of which nothing is known. */
  public static final Likeness NONE =
      new Likeness(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The likeness that a profile has. */
  public static Likeness of(Profile profile) {
    Optional<VendorFacts> facts = profile.vendorFacts();
    Optional<FeatureBits> virtio = profile.facet(FeatureBits.class);
    return new Likeness(
        facts
            .map(VendorFacts::kind)
            .or(() -> profile.mdevType().map(_ -> DeviceKind.MDEV))
            .or(() -> virtio.map(_ -> DeviceKind.VIRTIO)),
        facts.flatMap(known -> value(known.vendor())),
        profile.mdevType().or(() -> virtio.flatMap(bits -> value(bits.device()))),
        facts.flatMap(known -> value(known.typeName())));
  }

  private static Optional<String> value(Parsed<String> parsed) {
    return parsed instanceof Parsed.Value<String>(String value)
        ? Optional.of(value)
        : Optional.empty();
  }

  /** True where both are known to be of one kind, vendor and type. */
  public boolean isLike(Likeness other) {
    return isOfKindAndVendor(other) && isOfType(other);
  }

  /** True where both are known to be of one kind and vendor. */
  public boolean isOfKindAndVendor(Likeness other) {
    return kind.isPresent() && kind.equals(other.kind) && vendor.equals(other.vendor);
  }

  /** The name of a type is the same on all hosts; its id goes where a side has no name. */
  private boolean isOfType(Likeness other) {
    if (typeName.isPresent() && other.typeName.isPresent()) {
      return typeName.equals(other.typeName);
    }
    if (typeId.isPresent() || other.typeId.isPresent()) {
      return typeId.equals(other.typeId);
    }
    return typeName.isEmpty() && other.typeName.isEmpty();
  }

  /** The words for its type: what an endpoint of it is called. */
  public Optional<String> type() {
    return kind.equals(Optional.of(DeviceKind.MDEV)) ? typeId.or(() -> typeName) : typeName;
  }
}
