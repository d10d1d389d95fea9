package io.fleetcompat.compatibility.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.compatibility.facet.Facet;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.UnseenType;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
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

  static final String FACETS = "facets";
  private static final String KIND = "kind";
  static final String MDEV_TYPE = "mdevType";
  static final String UNSEEN_TYPE = "mdevTypeUnseen";
  private static final String TYPE = "type";
  private static final String DEVICE = "device";
  static final String VERSION = "v";

  private static final List<FacetId> FACET_IDS = List.of(FacetId.values());

  private static final int DECLARED = bits(FACET_IDS.stream().filter(FacetId::isDeclared).toList());

  private final boolean type;
  private final Optional<String> mdevType;

  /**
   * The hash of the mdev type; 0 without one. Most pairs differ in it, which it tells at one look.
   */
  private final int mdevTypeHash;

  private final Optional<UnseenType> unseenType;
  private final List<Facet> facets;

  /** A bit for each facet it has: a look at the facet itself would cost a cache miss per pair. */
  private final int present;

  private final Optional<VendorFacts> vendorFacts;
  private final String canonical;
  private final Fingerprint fingerprint;
  private final Optional<ProbeSide> probeSide;

  private Profile(
      boolean type,
      Optional<String> mdevType,
      Optional<UnseenType> unseenType,
      List<Facet> facets) {
    this.type = type;
    this.mdevType = mdevType;
    this.mdevTypeHash = mdevType.isPresent() ? mdevType.get().hashCode() | 1 : 0;
    this.unseenType = unseenType;
    this.facets = List.copyOf(facets);
    this.present = bits(facetIds());
    this.vendorFacts = facet(VendorFacts.class);
    this.canonical = CanonicalJson.write(toJson());
    this.fingerprint = Fingerprint.of(canonical);
    this.probeSide = ProbeSide.of(this);
  }

  /** The profile of an endpoint. Never fails: what is malformed becomes part of the profile. */
  public static Profile of(Endpoint endpoint) {
    List<Facet> facets = new ArrayList<>(FACET_IDS.size());
    for (FacetId id : FACET_IDS) {
      id.of(endpoint).ifPresent(facets::add);
    }
    return new Profile(
        endpoint.kind().isType(), endpoint.mdevType(), UnseenType.of(endpoint), facets);
  }

  /**
   * The profile that a device of this type would have, as far as the type tells it: what only the
   * device's own node shows is not there.
   */
  public Profile ofDevice() {
    List<Facet> same = new ArrayList<>(facets.size());
    for (Facet facet : facets) {
      same.add(facet instanceof VendorFacts facts ? facts.ofType(false) : facet);
    }
    return new Profile(false, mdevType, unseenType, same);
  }

  /** The profile of the same device or type with other facets. */
  Profile withFacets(List<Facet> others) {
    return new Profile(type, mdevType, unseenType, others);
  }

  /**
   * Reads a canonical form back.
   *
   * @throws IllegalArgumentException saying what was expected and found
   */
  public static Profile parse(String canonical) {
    JsonNode json = CanonicalJson.read(canonical);
    Profile profile =
        new Profile(
            json.path(KIND).asText().equals(TYPE),
            Optional.ofNullable(json.path(MDEV_TYPE).textValue()),
            Optional.ofNullable(json.get(UNSEEN_TYPE)).map(UnseenType::fromJson),
            facets(json.path(FACETS), json.path(KIND).asText().equals(TYPE)));
    if (!profile.canonical.equals(canonical)) {
      throw new IllegalArgumentException(
          "expected the canonical form " + profile.canonical + ", found " + canonical);
    }
    return profile;
  }

  private static List<Facet> facets(JsonNode json, boolean ofType) {
    List<Facet> facets = new ArrayList<>(FACET_IDS.size());
    for (FacetId id : FACET_IDS) {
      JsonNode facet = json.get(id.toString());
      if (facet != null) {
        Facet read = id.read(facet);
        facets.add(read instanceof VendorFacts facts ? facts.ofType(ofType) : read);
      }
    }
    return facets;
  }

  /** The canonical form. */
  public String canonical() {
    return canonical;
  }

  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /**
   * True for the profile of a type, which could be created; false for that of a device, which
   * exists.
   */
  public boolean isType() {
    return type;
  }

  /** The mdev type id of the type, or of the device's type. */
  public Optional<String> mdevType() {
    return mdevType;
  }

  /** True where the mdev types of both are known and are not the same. */
  public boolean isOfOtherType(Profile other) {
    return mdevTypeHash != 0
        && other.mdevTypeHash != 0
        && (mdevTypeHash != other.mdevTypeHash || !mdevType.equals(other.mdevType));
  }

  /** The reason why the type of an mdev device is not known; empty where it is known. */
  public Optional<UnseenType> unseenType() {
    return unseenType;
  }

  /** Its part in questions to drivers; empty where it has none. */
  public Optional<ProbeSide> probeSide() {
    return probeSide;
  }

  /** The facets it has, in order of {@link FacetId}. */
  public List<Facet> facets() {
    return facets;
  }

  /** Ids of the facets it has, in order. */
  public List<FacetId> facetIds() {
    return facets.stream().map(Facet::id).toList();
  }

  /** The facet of that class; empty where it has none. */
  public <F extends Facet> Optional<F> facet(Class<F> of) {
    for (Facet facet : facets) {
      if (of.isInstance(facet)) {
        return Optional.of(of.cast(facet));
      }
    }
    return Optional.empty();
  }

  /**
   * The facet of that class.
   *
   * @throws NoSuchElementException where it has none
   */
  public <F extends Facet> F require(Class<F> of) {
    for (int i = 0; i < facets.size(); i++) {
      if (of.isInstance(facets.get(i))) {
        return of.cast(facets.get(i));
      }
    }
    throw new NoSuchElementException("expected a " + of.getSimpleName() + ", found " + canonical);
  }

  /** True where its driver declares something itself: it has a facet that is no vendor's facts. */
  public boolean isDeclared() {
    return (present & DECLARED) != 0;
  }

  /** The values that packs have rules about; empty where nothing is known of them. */
  public Optional<VendorFacts> vendorFacts() {
    return vendorFacts;
  }

  public boolean has(FacetId facet) {
    return (present & bit(facet)) != 0;
  }

  /** The facets that declare something, in bits by their ordinal: for those who ask very often. */
  public int declaredBits() {
    return present & DECLARED;
  }

  private static int bits(List<FacetId> facets) {
    int bits = 0;
    for (FacetId facet : facets) {
      bits |= bit(facet);
    }
    return bits;
  }

  @SuppressWarnings("EnumOrdinal") // the bits are kept nowhere: they may change with the enum
  private static int bit(FacetId facet) {
    return 1 << facet.ordinal();
  }

  /**
   * The malformed and unreadable attributes in it, facet by facet; paths are below the endpoint's
   * node.
   */
  public List<HostReading.Problem> problems() {
    ProfileProblems problems = new ProfileProblems();
    unseenType.ifPresent(unseen -> problems.add(MdevTypeLink.NAME, unseen.link()));
    facets.forEach(facet -> facet.forEach(problems::add));
    return problems.list();
  }

  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode into = json.putObject(FACETS);
    for (Facet facet : facets) {
      into.set(facet.id().toString(), facet.toJson());
    }
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
