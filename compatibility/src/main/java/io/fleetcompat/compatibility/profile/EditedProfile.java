package io.fleetcompat.compatibility.profile;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Facet;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.compatibility.facet.OpaqueVersion;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.SelfCompatible;
import io.fleetcompat.compatibility.facet.TypeAttributes;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.inventory.Attribute;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The profile that an endpoint would have if some of its attributes were read with other values.
 * Attributes have the names by which an operator knows them, as in {@link ProfileDifference}; their
 * values are parsed by the facets themselves, so that the profile is the one that a collector's
 * reading would give. Pure.
 */
public final class EditedProfile {

  /** The one file that says all of {@link SelfCompatible}. */
  private static final String SELF_COMPATIBLE = "migration_compatible";

  /** The driver of the function, or of the parent where there is no function. */
  private static final String DRIVER = "driver";

  private static final String MODULE_VERSION = "module/version";
  private static final String PCI = "pci/";
  private static final String TYPE_API = "type/" + TypeAttributes.DEVICE_API;

  /** The attributes that decide whether others mean anything come before those. */
  private static final Comparator<String> DECIDING_FIRST =
      Comparator.comparing(
              (String name) -> !name.endsWith(DRIVER) && !name.equals(FeatureBits.STATUS))
          .thenComparing(Comparator.naturalOrder());

  /** Addresses that say which endpoint it is: with another value it would be another one. */
  private static final Set<String> IDENTITIES = Set.of("type/id");

  private EditedProfile() {}

  /** True of a name that some profile may have an attribute of, and that can be another one. */
  public static boolean isAttribute(String name) {
    return name.equals(DRIVER)
        || name.equals(SELF_COMPATIBLE)
        || name.equals(OpaqueVersion.MIGRATION_VERSION)
        || TypeAttributes.hasAttribute(name)
        || FeatureBits.hasAttribute(name)
        || (AttributeCatalogue.builtIn().find(name).isPresent() && !IDENTITIES.contains(name));
  }

  /**
   * The profile with other values.
   *
   * <p>Under another driver, what the old one told is not known, unless it is among the changes:
   * the version of its module, and what VFIO tells.
   *
   * @param changes by name, each one that {@link #isAttribute} knows; absent where it is removed.
   *     What an endpoint of its kind does not have changes nothing.
   */
  public static Profile of(Profile profile, Map<String, Attribute> changes) {
    List<String> inOrder = new ArrayList<>(changes.keySet());
    inOrder.sort(DECIDING_FIRST);
    Profile edited = profile;
    for (String name : inOrder) {
      edited = with(edited, name, changes.getOrDefault(name, Attribute.ABSENT));
    }
    return edited;
  }

  private static Profile with(Profile profile, String name, Attribute value) {
    if (name.equals(DRIVER)) {
      boolean ofFunction = profile.vendorFacts().filter(VendorFacts::isOfFunction).isPresent();
      return with(profile, ofFunction ? VendorFacts.PCI_DRIVER : VendorFacts.PARENT_DRIVER, value);
    }
    List<Facet> facets = new ArrayList<>();
    type(profile, name, value).ifPresent(facets::add);
    self(profile, name, value).ifPresent(facets::add);
    opaque(profile, name, value).ifPresent(facets::add);
    profile
        .facet(FeatureBits.class)
        .map(bits -> FeatureBits.hasAttribute(name) ? bits.with(name, bits(name, value)) : bits)
        .ifPresent(facets::add);
    profile.vendorFacts().map(facts -> facts(facts, name, value)).ifPresent(facets::add);
    return profile.withFacets(facets);
  }

  private static Optional<TypeAttributes> type(Profile profile, String name, Attribute value) {
    Optional<TypeAttributes> now = profile.facet(TypeAttributes.class);
    String attribute = name.equals(TYPE_API) ? TypeAttributes.DEVICE_API : name;
    return isOfMdev(profile) && TypeAttributes.hasAttribute(attribute)
        ? now.orElseGet(() -> TypeAttributes.ofApi(api(profile))).with(attribute, value)
        : now;
  }

  /** The interface of a type that declares nothing, which its vendor's facts know. */
  private static Parsed<String> api(Profile profile) {
    return fact(profile, TYPE_API);
  }

  private static boolean isOfMdev(Profile profile) {
    return profile.mdevType().isPresent()
        || profile.vendorFacts().filter(facts -> facts.kind() == DeviceKind.MDEV).isPresent();
  }

  private static Optional<SelfCompatible> self(Profile profile, String name, Attribute value) {
    return name.equals(SELF_COMPATIBLE)
        ? SelfCompatible.ofFile(value)
        : profile.facet(SelfCompatible.class);
  }

  private static Optional<OpaqueVersion> opaque(Profile profile, String name, Attribute value) {
    Optional<OpaqueVersion> now = profile.facet(OpaqueVersion.class);
    if (name.equals(OpaqueVersion.MIGRATION_VERSION)) {
      return now.orElseGet(() -> silent(profile)).withText(value);
    }
    return name.startsWith(PCI)
        ? now.map(opaque -> opaque.withPci(name.substring(PCI.length()), value))
        : now;
  }

  /**
   * The facet of an endpoint that has no string yet, with what else is known of its function. The
   * string would be its type's, as long as it has one: then the type and its devices say the same.
   */
  private static OpaqueVersion silent(Profile profile) {
    return new OpaqueVersion(
        new Parsed.Absent<>(),
        !profile.isType() && !isOfMdev(profile),
        fact(profile, VendorFacts.VENDOR),
        fact(profile, PCI + "device"),
        fact(profile, VendorFacts.PCI_DRIVER));
  }

  private static Parsed<String> fact(Profile profile, String address) {
    return profile.vendorFacts().map(facts -> facts.get(address)).orElseGet(Parsed.Absent::new);
  }

  private static VendorFacts facts(VendorFacts facts, String name, Attribute value) {
    boolean isApi = name.equals(TypeAttributes.DEVICE_API) && facts.kind() == DeviceKind.MDEV;
    String address = isApi ? TYPE_API : name;
    return AttributeCatalogue.builtIn().find(address).isPresent()
        ? facts.with(address, value)
        : facts;
  }

  /** Features may be a hexadecimal number, as they are shown. */
  private static Attribute bits(String name, Attribute value) {
    if (name.equals(FeatureBits.FEATURES)
        && value instanceof Attribute.Text(String text)
        && text.matches("0x[0-9a-fA-F]{1,64}")) {
      String binary = new BigInteger(text.substring(2), 16).toString(2);
      return new Attribute.Text(new StringBuilder(binary).reverse().toString());
    }
    return value;
  }

  /** The values of a profile by name, as they are shown. */
  public static SortedMap<String, String> values(Profile profile) {
    SortedMap<String, String> shown = new TreeMap<>();
    FlatProfile.of(profile.canonical())
        .forEach((name, value) -> shown.put(name, FlatProfile.spell(name, value)));
    return shown;
  }

  /**
   * The attributes of a profile that hold the version of its driver's module: {@code
   * module/version} and all versions equal to it; where that is not known, the only version that
   * there is, beside a string that only the driver understands. Empty where there is none, or where
   * several differ.
   */
  public static SortedSet<String> driverVersions(Profile profile) {
    SortedMap<String, String> versions = values(profile);
    versions.keySet().removeIf(name -> !VersionAttributes.contains(name));
    versions.remove(OpaqueVersion.MIGRATION_VERSION);
    String module = versions.get(MODULE_VERSION);
    if (module != null) {
      versions.values().removeIf(version -> !version.equals(module));
    }
    return Set.copyOf(versions.values()).size() == 1
        ? new TreeSet<>(versions.keySet())
        : new TreeSet<>();
  }

  /**
   * The string that only its driver understands, as it may be under another version of the driver:
   * nobody has seen it, so it is one that nobody has. Absent where the profile has none.
   */
  public static Attribute unseenString(Profile profile, String version) {
    return profile
        .facet(OpaqueVersion.class)
        .map(OpaqueVersion::text)
        .filter(text -> text instanceof Parsed.Value)
        .<Attribute>map(
            text ->
                new Attribute.Text(
                    "not seen: %s under %s"
                        .formatted(((Parsed.Value<String>) text).value(), version)))
        .orElse(Attribute.ABSENT);
  }

  /** The version that the module of its driver tells of itself; empty where it tells none. */
  public static Optional<String> moduleVersion(Profile profile) {
    return Optional.ofNullable(values(profile).get(MODULE_VERSION));
  }

  /** The version attributes of a profile that hold that version. */
  public static SortedSet<String> versionsEqualTo(Profile profile, String version) {
    SortedMap<String, String> versions = values(profile);
    versions
        .entrySet()
        .removeIf(
            each -> !VersionAttributes.contains(each.getKey()) || !each.getValue().equals(version));
    return new TreeSet<>(versions.keySet());
  }
}
