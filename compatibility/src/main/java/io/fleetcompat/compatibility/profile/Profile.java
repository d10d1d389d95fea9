package io.fleetcompat.compatibility.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.inventory.Endpoint;
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
  private static final String VERSION = "v";

  private final boolean type;
  private final Optional<String> mdevType;
  private final Optional<TypeAttributes> typeAttributes;
  private final List<String> facets;
  private final String canonical;
  private final Fingerprint fingerprint;

  private Profile(
      boolean type, Optional<String> mdevType, Optional<TypeAttributes> typeAttributes) {
    this.type = type;
    this.mdevType = mdevType;
    this.typeAttributes = typeAttributes;
    this.facets = facetIds();
    this.canonical = CanonicalJson.write(toJson());
    this.fingerprint = Fingerprint.of(canonical);
  }

  /** The profile of an endpoint. Never fails: what is malformed becomes part of the profile. */
  public static Profile of(Endpoint endpoint) {
    return new Profile(endpoint.kind().isType(), endpoint.mdevType(), TypeAttributes.of(endpoint));
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
            json.path(KIND).asText().equals("type"),
            Optional.ofNullable(json.path(MDEV_TYPE).textValue()),
            Optional.ofNullable(facets.get(FacetId.TYPE_ATTRIBUTES.toString()))
                .map(TypeAttributes::fromJson));
    if (!profile.canonical.equals(canonical)) {
      throw new IllegalArgumentException(
          "expected the canonical form " + profile.canonical + ", found " + canonical);
    }
    return profile;
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

  public Optional<TypeAttributes> typeAttributes() {
    return typeAttributes;
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
    return List.copyOf(ids);
  }

  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode into = json.putObject(FACETS);
    typeAttributes.ifPresent(f -> into.set(FacetId.TYPE_ATTRIBUTES.toString(), f.toJson()));
    json.put(KIND, type ? "type" : "device");
    mdevType.ifPresent(id -> json.put(MDEV_TYPE, id));
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
