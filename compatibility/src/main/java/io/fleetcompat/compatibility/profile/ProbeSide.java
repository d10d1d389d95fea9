package io.fleetcompat.compatibility.profile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.Parsed.Absent;
import io.fleetcompat.compatibility.facet.Parsed.Value;
import java.util.Optional;

/**
 * A profile's part in questions to drivers (docs/rules.md 3.3): the string that is written where it
 * is the source, and the class that is asked where it is the destination. Profiles that differ in
 * other facets only share one. Immutable; any number of threads.
 *
 * @param version its opaque version, whose text can be written
 * @param mdevType the mdev type of the type, or of the device's type
 * @param string the identity of the string
 * @param destination the identity of the class: own string, node, mdev type, PCI ids and driver
 */
public record ProbeSide(
    OpaqueVersion version, Optional<String> mdevType, Fingerprint string, Fingerprint destination) {

  private static final String MDEV_TYPE = "mdevType";

  /** The side of a profile; empty where no driver can be asked anything of it. */
  static Optional<ProbeSide> of(Profile profile) {
    if (profile.unseenType().isPresent()) {
      return Optional.empty();
    }
    return profile
        .facet(OpaqueVersion.class)
        .filter(version -> version.text() instanceof Value)
        .map(version -> of(version, profile.mdevType()));
  }

  private static ProbeSide of(OpaqueVersion version, Optional<String> mdevType) {
    return new ProbeSide(
        version,
        mdevType,
        Fingerprint.of(text(version)),
        Fingerprint.of(canonical(version, mdevType)));
  }

  /** The string that is written where this is the source, and read where it is the destination. */
  public String text() {
    return text(version);
  }

  private static String text(OpaqueVersion version) {
    if (version.text() instanceof Value<String>(String text)) {
      return text;
    }
    throw new IllegalStateException("a side has a string that can be written");
  }

  /** The class in canonical form: what {@link #destination} is a hash of. */
  public String canonical() {
    return canonical(version, mdevType);
  }

  private static String canonical(OpaqueVersion version, Optional<String> mdevType) {
    ObjectNode json = version.toJson();
    mdevType.ifPresent(id -> json.put(MDEV_TYPE, id));
    return CanonicalJson.write(json);
  }

  /**
   * True where the driver at that destination is to be asked about this string: the rules before it
   * are satisfied, so that its answer is what is missing.
   */
  public boolean mayBeAskedOf(ProbeSide other) {
    boolean sameTypeNeeded = !version.ofDevice() || !other.version.ofDevice();
    boolean typesFit = !sameTypeNeeded || (mdevType.isPresent() && mdevType.equals(other.mdevType));
    return typesFit && areOfOneVendor(version.vendor(), other.version.vendor());
  }

  /** A string is private to its vendor: nobody else's driver is asked about it. */
  private static boolean areOfOneVendor(Parsed<String> one, Parsed<String> other) {
    return (one instanceof Absent && other instanceof Absent)
        || (one instanceof Value<String>(String vendor)
            && other instanceof Value<String>(String another)
            && vendor.equals(another));
  }
}
