package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.Quoted;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The attributes of an mdev type that say what it is compatible with (docs/rules.md 3.1). A device
 * has those of its type.
 *
 * @param compatible the other {@code compatible_*} attributes by their whole name, sorted
 * @param dynamicResources names of attributes of the device instance
 */
public record TypeAttributes(
    Parsed<SoftwareVersion> softwareVersion,
    Parsed<String> deviceApi,
    Parsed<ValueSet> compatibleType,
    SortedMap<String, Parsed<ValueSet>> compatible,
    Parsed<ValueSet> dynamicResources)
    implements Facet {

  public static final String SOFTWARE_VERSION = "software_version";
  public static final String DEVICE_API = "device_api";
  public static final String COMPATIBLE_TYPE = "compatible_type";
  public static final String DYNAMIC_RESOURCES = "dynamic_resources";

  private static final String COMPATIBLE = "compatible_";
  // '`' is the character after '_': the range holds exactly the names that begin with the prefix.
  private static final String COMPATIBLE_END = "compatible`";

  private static final Set<String> DEVICE_APIS =
      Set.of("vfio-pci", "vfio-platform", "vfio-amba", "vfio-ccw", "vfio-ap");

  public TypeAttributes {
    compatible = Collections.unmodifiableSortedMap(new TreeMap<>(compatible));
  }

  /** The facet of an endpoint; empty where its type has none of the deciding attributes. */
  public static Optional<TypeAttributes> of(Endpoint endpoint) {
    return switch (endpoint.kind()) {
      case EndpointKind.MDEV_TYPE -> of(endpoint.own());
      case EndpointKind.MDEV_DEVICE -> of(endpoint.type());
      case PCI_FUNCTION, VIRTIO_DEVICE, PARENT_DEVICE, NVIDIA_TYPE -> Optional.empty();
    };
  }

  private static Optional<TypeAttributes> of(Attributes type) {
    SortedMap<String, Parsed<ValueSet>> compatible = new TreeMap<>();
    type.byPath()
        .subMap(COMPATIBLE, COMPATIBLE_END)
        .forEach(
            (name, attribute) -> {
              if (name.indexOf('/') < 0 && !name.equals(COMPATIBLE_TYPE)) {
                compatible.put(name, read(attribute, TypeAttributes::values));
              }
            });
    return decided(
        new TypeAttributes(
            read(type.get(SOFTWARE_VERSION), SoftwareVersion::parse),
            read(type.get(DEVICE_API), TypeAttributes::deviceApi),
            read(type.get(COMPATIBLE_TYPE), TypeAttributes::typeIds),
            compatible,
            read(type.get(DYNAMIC_RESOURCES), TypeAttributes::resources)));
  }

  /** True of an attribute that is part of this facet. */
  public static boolean hasAttribute(String name) {
    return switch (name) {
      case SOFTWARE_VERSION, DEVICE_API, COMPATIBLE_TYPE, DYNAMIC_RESOURCES -> true;
      default -> name.startsWith(COMPATIBLE) && name.indexOf('/') < 0;
    };
  }

  /** The attributes of a type that has none of the deciding ones: no endpoint has this facet. */
  public static TypeAttributes ofApi(Parsed<String> deviceApi) {
    return new TypeAttributes(
        new Parsed.Absent<>(),
        deviceApi,
        new Parsed.Absent<>(),
        new TreeMap<>(),
        new Parsed.Absent<>());
  }

  /**
   * The facet of the same type with another value of an attribute; empty where it has none of the
   * deciding ones any more.
   *
   * @param name one that {@link #hasAttribute} knows
   */
  public Optional<TypeAttributes> with(String name, Attribute attribute) {
    SortedMap<String, Parsed<ValueSet>> sets = new TreeMap<>(compatible);
    boolean isSet = name.startsWith(COMPATIBLE) && !name.equals(COMPATIBLE_TYPE);
    if (isSet) {
      Parsed<ValueSet> set = read(attribute, TypeAttributes::values);
      if (set instanceof Parsed.Absent) {
        sets.remove(name);
      } else {
        sets.put(name, set);
      }
    }
    return decided(
        new TypeAttributes(
            name.equals(SOFTWARE_VERSION)
                ? read(attribute, SoftwareVersion::parse)
                : softwareVersion,
            name.equals(DEVICE_API) ? read(attribute, TypeAttributes::deviceApi) : deviceApi,
            name.equals(COMPATIBLE_TYPE)
                ? read(attribute, TypeAttributes::typeIds)
                : compatibleType,
            sets,
            name.equals(DYNAMIC_RESOURCES)
                ? read(attribute, TypeAttributes::resources)
                : dynamicResources));
  }

  private static Optional<TypeAttributes> decided(TypeAttributes read) {
    boolean none =
        read.softwareVersion instanceof Parsed.Absent
            && read.compatibleType instanceof Parsed.Absent
            && read.compatible.isEmpty();
    return none ? Optional.empty() : Optional.of(read);
  }

  /** The set of a {@code compatible_*} attribute; absent is not an empty set here. */
  public Parsed<ValueSet> compatible(String name) {
    Parsed<ValueSet> found = compatible.get(name);
    return found == null ? new Parsed.Absent<>() : found;
  }

  /** The names of the dynamic resources; none where the list is absent or cannot be used. */
  public ValueSet resources() {
    return dynamicResources instanceof Parsed.Value<ValueSet>(ValueSet names)
        ? names
        : ValueSet.EMPTY;
  }

  @Override
  public FacetId id() {
    return FacetId.TYPE_ATTRIBUTES;
  }

  @Override
  public boolean isOfOwnNode() {
    return false;
  }

  @Override
  public void forEach(BiConsumer<String, Parsed<?>> visitor) {
    visitor.accept(SOFTWARE_VERSION, softwareVersion);
    visitor.accept(DEVICE_API, deviceApi);
    visitor.accept(COMPATIBLE_TYPE, compatibleType);
    compatible.forEach(visitor);
    visitor.accept(DYNAMIC_RESOURCES, dynamicResources);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = FacetJson.object();
    FacetJson.put(json, SOFTWARE_VERSION, softwareVersion, v -> FacetJson.text(v.toString()));
    FacetJson.put(json, DEVICE_API, deviceApi, FacetJson::text);
    FacetJson.put(json, COMPATIBLE_TYPE, compatibleType, set -> FacetJson.texts(set.values()));
    compatible.forEach(
        (name, values) -> FacetJson.put(json, name, values, s -> FacetJson.texts(s.values())));
    FacetJson.put(json, DYNAMIC_RESOURCES, dynamicResources, s -> FacetJson.texts(s.values()));
    return json;
  }

  /** Inverse of {@link #toJson}; what that does not write is an IllegalArgumentException. */
  static TypeAttributes fromJson(JsonNode json) {
    SortedMap<String, Parsed<ValueSet>> compatible = new TreeMap<>();
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith(COMPATIBLE) && !name.equals(COMPATIBLE_TYPE)) {
                compatible.put(name, FacetJson.get(json, name, TypeAttributes::set));
              }
            });
    return new TypeAttributes(
        FacetJson.get(
            json, SOFTWARE_VERSION, text -> SoftwareVersion.parse(FacetJson.asText(text))),
        FacetJson.get(json, DEVICE_API, FacetJson::asText),
        FacetJson.get(json, COMPATIBLE_TYPE, TypeAttributes::set),
        compatible,
        FacetJson.get(json, DYNAMIC_RESOURCES, TypeAttributes::set));
  }

  private static ValueSet set(JsonNode json) {
    return new ValueSet(FacetJson.asTexts(json));
  }

  private static <T> Parsed<T> read(Attribute attribute, ValueParser<T> parser) {
    return parser.read(attribute);
  }

  private static ValueSet values(String text) {
    return ValueSet.split(text, NormalForm::of);
  }

  private static ValueSet typeIds(String text) {
    return ValueSet.split(text, id -> id);
  }

  /** A device API of the kernel; any other text is malformed. */
  static String deviceApi(String text) throws MalformedException {
    String api = NormalForm.of(text);
    if (!DEVICE_APIS.contains(api)) {
      throw new MalformedException(
          "expected one of vfio-pci, vfio-platform, vfio-amba, vfio-ccw, vfio-ap, found "
              + Quoted.of(text));
    }
    return api;
  }

  /** Names are joined to paths below the device, so nothing but a plain name will do. */
  private static ValueSet resources(String text) throws MalformedException {
    ValueSet names = ValueSet.split(text, name -> name);
    for (String name : names.values()) {
      boolean plain = !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
      if (!plain || name.chars().anyMatch(Character::isISOControl)) {
        throw new MalformedException(
            "expected a comma list of attribute names, found " + Quoted.of(name));
      }
    }
    return names;
  }
}
