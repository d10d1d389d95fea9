package io.fleetcompat.compatibility.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.facet.UnseenType;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a verdict may depend on: device or type, mdev type id, facets. Nothing local to a host.
 *
 * <p>Its identity is its canonical form, a JSON object with sorted keys and no white space.
 * Immutable; any number of threads.
 */
public final class Profile {

  /** Version of the canonical form; it is part of it. */
  public static final int FORM = 1;

  private static final String FACETS = "facets";
  private static final String KIND = "kind";
  private static final String MDEV_TYPE = "mdevType";
  private static final String UNSEEN_TYPE = "mdevTypeUnseen";
  private static final String TYPE = "type";
  private static final String DEVICE = "device";
  private static final String VERSION = "v";

  private final boolean type;
  private final Optional<String> mdevType;
  private final Optional<UnseenType> unseenType;
  private final Optional<TypeAttributes> typeAttributes;
  private final Optional<SelfCompatible> selfCompatible;
  private final Optional<OpaqueVersion> opaqueVersion;
  private final Optional<FeatureBits> featureBits;
  private final List<String> facets;
  private final String canonical;
  private final Fingerprint fingerprint;

  private Profile(
      boolean type,
      Optional<String> mdevType,
      Optional<UnseenType> unseenType,
      Optional<TypeAttributes> typeAttributes,
      Optional<SelfCompatible> selfCompatible,
      Optional<OpaqueVersion> opaqueVersion,
      Optional<FeatureBits> featureBits) {
    this.type = type;
    this.mdevType = mdevType;
    this.unseenType = unseenType;
    this.typeAttributes = typeAttributes;
    this.selfCompatible = selfCompatible;
    this.opaqueVersion = opaqueVersion;
    this.featureBits = featureBits;
    this.facets = facetIds();
    this.canonical = CanonicalJson.write(toJson());
    this.fingerprint = Fingerprint.of(canonical);
  }

  /** The profile of an endpoint. Never fails: what is malformed becomes part of the profile. */
  public static Profile of(Endpoint endpoint) {
    return new Profile(
        endpoint.kind().isType(),
        endpoint.mdevType(),
        UnseenType.of(endpoint),
        TypeAttributes.of(endpoint),
        SelfCompatible.of(endpoint.own()),
        OpaqueVersion.of(endpoint),
        FeatureBits.of(endpoint));
  }

  /**
   * Reads a canonical form back.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static Profile parse(String canonical) {
    JsonNode json = CanonicalJson.read(canonical);
    JsonNode facets = json.path(FACETS);
    Profile profile =
        new Profile(
            json.path(KIND).asText().equals(TYPE),
            Optional.ofNullable(json.path(MDEV_TYPE).textValue()),
            Optional.ofNullable(json.get(UNSEEN_TYPE)).map(UnseenType::fromJson),
            facet(facets, FacetId.TYPE_ATTRIBUTES).map(TypeAttributes::fromJson),
            facet(facets, FacetId.SELF_COMPATIBLE).map(SelfCompatible::fromJson),
            facet(facets, FacetId.OPAQUE_VERSION).map(OpaqueVersion::fromJson),
            facet(facets, FacetId.FEATURE_BITS).map(FeatureBits::fromJson));
    if (!profile.canonical.equals(canonical)) {
      throw new IllegalArgumentException(
          "expected the canonical form " + profile.canonical + ", found " + canonical);
    }
    return profile;
  }

  private static Optional<JsonNode> facet(JsonNode facets, FacetId id) {
    return Optional.ofNullable(facets.get(id.toString()));
  }

  /** The canonical form. */
  public String canonical() {
    return canonical;
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** Whether it is of a type, which could be created; else of a device, which exists. */
  public boolean isType() {
    return type;
  }

  /** The mdev type id of the type, or of the device's type. */
  public Optional<String> mdevType() {
    return mdevType;
  }

  /** Why the type of an mdev device is not known; empty where it is, and for all others. */
  public Optional<UnseenType> unseenType() {
    return unseenType;
  }

  public Optional<TypeAttributes> typeAttributes() {
    return typeAttributes;
  }

  public Optional<SelfCompatible> selfCompatible() {
    return selfCompatible;
  }

  public Optional<OpaqueVersion> opaqueVersion() {
    return opaqueVersion;
  }

  public Optional<FeatureBits> featureBits() {
    return featureBits;
  }

  /** What is malformed or unreadable in it, facet by facet; paths are below the endpoint's node. */
  public List<HostReading.Problem> problems() {
    ProfileProblems problems = new ProfileProblems();
    unseenType.ifPresent(unseen -> problems.add(MdevTypeLink.NAME, unseen.link()));
    typeAttributes.ifPresent(facet -> facet.forEach(problems::add));
    selfCompatible.ifPresent(facet -> facet.forEach(problems::add));
    opaqueVersion.ifPresent(facet -> facet.forEach(problems::add));
    featureBits.ifPresent(facet -> facet.forEach(problems::add));
    return problems.list();
  }

  /** Whether it has any facet at all. */
  public boolean hasFacet() {
    return !facets.isEmpty();
  }

  /** Ids of the facets it has, in order of {@link FacetId}. */
  public List<String> facets() {
    return facets;
  }

  private List<String> facetIds() {
    List<String> ids = new ArrayList<>();
    typeAttributes.ifPresent(facet -> ids.add(FacetId.TYPE_ATTRIBUTES.toString()));
    selfCompatible.ifPresent(facet -> ids.add(FacetId.SELF_COMPATIBLE.toString()));
    opaqueVersion.ifPresent(facet -> ids.add(FacetId.OPAQUE_VERSION.toString()));
    featureBits.ifPresent(facet -> ids.add(FacetId.FEATURE_BITS.toString()));
    return List.copyOf(ids);
  }

  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode into = json.putObject(FACETS);
    typeAttributes.ifPresent(f -> into.set(FacetId.TYPE_ATTRIBUTES.toString(), f.toJson()));
    selfCompatible.ifPresent(f -> into.set(FacetId.SELF_COMPATIBLE.toString(), f.toJson()));
    opaqueVersion.ifPresent(f -> into.set(FacetId.OPAQUE_VERSION.toString(), f.toJson()));
    featureBits.ifPresent(f -> into.set(FacetId.FEATURE_BITS.toString(), f.toJson()));
    json.put(KIND, type ? TYPE : DEVICE);
    mdevType.ifPresent(id -> json.put(MDEV_TYPE, id));
    unseenType.ifPresent(unseen -> json.set(UNSEEN_TYPE, unseen.toJson()));
    return json.put(VERSION, FORM);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Profile profile && profile.canonical.equals(canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  @Override
  public String toString() {
    return canonical;
  }
}
