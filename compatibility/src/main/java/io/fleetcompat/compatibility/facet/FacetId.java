package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.inventory.Endpoint;
import java.util.Optional;

/** The compatibility interfaces, in the order in which their reasons are listed. */
public enum FacetId {
  /** Attributes of an mdev type. */
  TYPE_ATTRIBUTES("type-attributes", "3.1", Node.TYPE),
  /** Lists, on a node, of what it is and of what it accepts. */
  SELF_COMPATIBLE("self-compatible", "3.2", Node.OWN),
  /** A version string that only its driver understands. */
  OPAQUE_VERSION("opaque-version", "3.3", Node.OWN_OR_TYPE),
  /** Features negotiated one by one. */
  FEATURE_BITS("feature-bits", "3.4", Node.OWN),
  /** Values that packs have rules about: it declares nothing. */
  VENDOR_RULES("vendor-rules", "3.5", Node.ANY);

  private final String spelling;
  private final String section;
  private final Node node;

  FacetId(String spelling, String section, Node node) {
    this.spelling = spelling;
    this.section = section;
    this.node = node;
  }

  /** The nodes of sysfs on which a facet is found. */
  private enum Node {
    OWN,
    TYPE,
    OWN_OR_TYPE,
    ANY
  }

  /** The section of {@code docs/rules.md} that defines it. */
  public String section() {
    return section;
  }

  /** True where drivers declare with it what they are compatible with. */
  public boolean isDeclared() {
    return node != Node.ANY;
  }

  /** True where it is on a type's node alone: a device has that of its type. */
  public boolean isOfTypeAlone() {
    return node == Node.TYPE;
  }

  /** True where an endpoint may have it from its type. */
  public boolean mayBeOfType() {
    return node != Node.OWN;
  }

  /** The facet of an endpoint. Never fails: what is malformed becomes part of it. */
  public Optional<? extends Facet> of(Endpoint endpoint) {
    return switch (this) {
      case TYPE_ATTRIBUTES -> TypeAttributes.of(endpoint);
      case SELF_COMPATIBLE -> SelfCompatible.of(endpoint.own());
      case OPAQUE_VERSION -> OpaqueVersion.of(endpoint);
      case FEATURE_BITS -> FeatureBits.of(endpoint);
      case VENDOR_RULES -> VendorFacts.of(endpoint);
    };
  }

  /**
   * Reads its part of the canonical form back.
   *
   * @throws IllegalArgumentException where it is not what {@link Facet#toJson} writes
   */
  public Facet read(JsonNode json) {
    return switch (this) {
      case TYPE_ATTRIBUTES -> TypeAttributes.fromJson(json);
      case SELF_COMPATIBLE -> SelfCompatible.fromJson(json);
      case OPAQUE_VERSION -> OpaqueVersion.fromJson(json);
      case FEATURE_BITS -> FeatureBits.fromJson(json);
      case VENDOR_RULES -> VendorFacts.fromJson(json);
    };
  }

  @Override
  public String toString() {
    return spelling;
  }
}
