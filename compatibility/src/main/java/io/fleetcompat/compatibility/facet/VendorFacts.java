package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.Quoted;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values that rules of packs may speak of (docs/rules.md 3.5), by address and in normal form,
 * with the driver and the kind of device that select a pack. It declares nothing: it demands
 * something of a destination only where a pack speaks. Immutable; any thread.
 */
public final class VendorFacts implements Facet {

  /** The value of {@code vfio/migration} where the device can migrate, and where it cannot. */
  public static final String PRESENT = "present";

  public static final String ABSENT = "absent";

  /** The address of the answer of VFIO's debugfs. */
  public static final String VFIO_MIGRATION = "vfio/migration";

  /** The address of the fact that says the same, where the collector itself may not look. */
  public static final String MIGRATION_FACT = AttributeCatalogue.FACT + "/vfio.migration";

  /** The address of the fact that says the same as VFIO's debugfs of features. */
  private static final String FEATURES_FACT = AttributeCatalogue.FACT + "/vfio.features";

  private static final String MODULE = "module/";
  private static final String VFIO = "vfio/";

  public static final String VENDOR = "pci/vendor";
  public static final String TYPE_NAME = "type/name";

  /** The addresses of the driver that holds the function, or a parent that is none. */
  public static final String PCI_DRIVER = "pci/driver";

  public static final String PARENT_DRIVER = "parent/driver";

  /** Every address of a PCI function is between these. */
  private static final String PCI = "pci/";

  private static final String PCI_END = "pci0";

  private static final String KIND = "kind";
  private static final String DRIVER = "driver";
  private static final String VALUES = "values";
  private static final String SITE = "site.";
  private static final ValueParser<String> AS_IT_IS = text -> text;
  private static final Parsed<String> NOTHING = new Parsed.Absent<>();

  private final boolean type;
  private final DeviceKind kind;
  private final Parsed<String> driver;
  private final SortedMap<String, Parsed<String>> values;

  /** The values that every pair is judged by, found once. */
  private final Parsed<String> vendor;

  private final Parsed<String> typeName;
  private final boolean ofFunction;

  private volatile @Nullable Derived derived;

  /** A thing that somebody has made of these facts, so that it is made once. */
  private record Derived(Object owner, Object made) {}

  private VendorFacts(
      boolean type,
      DeviceKind kind,
      Parsed<String> driver,
      SortedMap<String, Parsed<String>> values) {
    this.type = type;
    this.kind = kind;
    this.driver = driver;
    this.values = Collections.unmodifiableSortedMap(values);
    this.vendor = SharedText.of(get(VENDOR));
    this.typeName = SharedText.of(get(TYPE_NAME));
    this.ofFunction = !values.subMap(PCI, PCI_END).isEmpty();
  }

  /**
   * The facet of an mdev or its type, and of whatever a driver holds or is of a PCI function; else
   * empty.
   */
  public static Optional<VendorFacts> of(Endpoint endpoint) {
    EndpointAddresses addresses = new EndpointAddresses(endpoint);
    Attribute driver = addresses.driver();
    if (driver instanceof Attribute.Absent
        && endpoint.pci().byPath().isEmpty()
        && addresses.kind() != DeviceKind.MDEV) {
      return Optional.empty();
    }
    Parsed<String> held = AS_IT_IS.read(driver);
    SortedMap<String, Parsed<String>> values = new TreeMap<>();
    String name = held instanceof Parsed.Value<String>(String text) ? text : "";
    for (CataloguedAttribute attribute : AttributeCatalogue.builtIn().all()) {
      if (attribute.isKeptFor(name)) {
        String address = attribute.address();
        put(values, address, attribute.normal(addresses.get(address)));
      }
    }
    ofSite(endpoint, values);
    return Optional.of(new VendorFacts(endpoint.kind().isType(), addresses.kind(), held, values));
  }

  private static void put(
      SortedMap<String, Parsed<String>> values, String address, Parsed<String> value) {
    if (!(value instanceof Parsed.Absent)) {
      values.put(address, value);
    }
  }

  /** The facts that only the operator knows; those of the device win. */
  private static void ofSite(Endpoint endpoint, SortedMap<String, Parsed<String>> values) {
    endpoint.host().facts().byPath().forEach((name, fact) -> site(name, fact, values));
    endpoint.related().facts().byPath().forEach((name, fact) -> site(name, fact, values));
  }

  private static void site(String name, Attribute fact, SortedMap<String, Parsed<String>> values) {
    String address = AttributeCatalogue.FACT + "/" + name;
    if (name.startsWith(SITE)) {
      AttributeCatalogue.builtIn()
          .find(address)
          .ifPresent(attribute -> values.put(address, attribute.normal(fact)));
    }
  }

  /**
   * The facts of the same endpoint with another value at an address; the same ones where the
   * endpoint does not keep it. What a driver tells of itself is not known of another driver.
   *
   * @param address of the catalogue
   * @param attribute as it would be read
   */
  public VendorFacts with(String address, Attribute attribute) {
    boolean holds = address.equals(ofFunction ? PCI_DRIVER : PARENT_DRIVER);
    Parsed<String> held = holds ? AS_IT_IS.read(attribute) : driver;
    String name = held instanceof Parsed.Value<String>(String text) ? text : "";
    SortedMap<String, Parsed<String>> next = new TreeMap<>(values);
    AttributeCatalogue catalogue = AttributeCatalogue.builtIn();
    next.remove(address);
    if (!held.equals(driver)) {
      next.keySet().removeIf(VendorFacts::isOfDriver);
    }
    catalogue
        .find(address)
        .filter(of -> mayHave(of.scope()))
        .ifPresent(of -> put(next, address, of.normal(attribute)));
    next.keySet().removeIf(each -> !isKept(catalogue, each, name));
    return new VendorFacts(type, kind, held, next);
  }

  /** True of what its driver tells, and what VFIO tells by asking it, or an operator who did. */
  private static boolean isOfDriver(String address) {
    return address.startsWith(MODULE)
        || address.startsWith(VFIO)
        || address.equals(MIGRATION_FACT)
        || address.equals(FEATURES_FACT);
  }

  /** True where an endpoint of this kind has a node of that scope. */
  private boolean mayHave(String scope) {
    return switch (scope) {
      case "pci", "physfn" -> ofFunction;
      case "parent" -> !ofFunction;
      case "type" -> kind == DeviceKind.MDEV || kind == DeviceKind.NVIDIA_VF;
      default -> true;
    };
  }

  private static boolean isKept(AttributeCatalogue catalogue, String address, String driver) {
    return catalogue.find(address).filter(of -> of.isKeptFor(driver)).isPresent();
  }

  /** True where they are of a type, of which there is no device yet that could show anything. */
  public boolean isOfType() {
    return type;
  }

  public DeviceKind kind() {
    return kind;
  }

  /** The name of the driver that holds it, or its parent. */
  public Parsed<String> driver() {
    return driver;
  }

  /** The driver's name; empty where none is known. */
  public String driverName() {
    return driver instanceof Parsed.Value<String>(String name) ? name : "";
  }

  /** The vendor of the PCI function. */
  public Parsed<String> vendor() {
    return vendor;
  }

  /** The name of the type, as the driver calls it. */
  public Parsed<String> typeName() {
    return typeName;
  }

  /** The value at an address, in normal form. */
  public Parsed<String> get(String address) {
    return values.getOrDefault(address, NOTHING);
  }

  /** True where it is a PCI function, or its parent is one, as far as anything of that was read. */
  public boolean isOfFunction() {
    return ofFunction;
  }

  /** Every value that is there, by address. */
  public SortedMap<String, Parsed<String>> values() {
    return values;
  }

  /**
   * A thing that is made of these facts alone, kept for the owner who asked last: whoever judges
   * one profile against thousands must not make it for each pair.
   *
   * @param owner who made it: what another owner made is not returned
   * @param maker makes it for the owner
   */
  public <O, T> T derived(O owner, Class<T> type, BiFunction<O, VendorFacts, T> maker) {
    Derived known = derived;
    if (known != null && known.owner == owner && type.isInstance(known.made)) {
      return type.cast(known.made);
    }
    T made = maker.apply(owner, this);
    derived = new Derived(owner, made);
    return made;
  }

  @Override
  public FacetId id() {
    return FacetId.VENDOR_RULES;
  }

  @Override
  public boolean isOfOwnNode() {
    return false;
  }

  @Override
  public void forEach(BiConsumer<String, Parsed<?>> visitor) {
    visitor.accept(DRIVER, driver);
    values.forEach(visitor);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = FacetJson.object();
    FacetJson.put(json, DRIVER, driver, FacetJson::text);
    json.put(KIND, kind.toString());
    ObjectNode into = json.putObject(VALUES);
    values.forEach((address, value) -> FacetJson.put(into, address, value, FacetJson::text));
    return json;
  }

  /** The same facts, of a type or of a device: that is no part of their JSON, but the profile's. */
  public VendorFacts ofType(boolean type) {
    return type == this.type ? this : new VendorFacts(type, kind, driver, new TreeMap<>(values));
  }

  /**
   * Inverse of {@link #toJson}, of a device; what that does not write is an
   * IllegalArgumentException.
   */
  static VendorFacts fromJson(JsonNode json) {
    SortedMap<String, Parsed<String>> values = new TreeMap<>();
    JsonNode from = json.path(VALUES);
    from.fieldNames()
        .forEachRemaining(
            address -> values.put(address, FacetJson.get(from, address, FacetJson::asText)));
    return new VendorFacts(
        false,
        DeviceKind.of(json.path(KIND).asText())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a kind of device in the canonical form, found "
                            + Quoted.of(json.path(KIND).asText()))),
        FacetJson.get(json, DRIVER, FacetJson::asText),
        values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VendorFacts that
        && type == that.type
        && kind == that.kind
        && driver.equals(that.driver)
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return 31 * values.hashCode() + driver.hashCode();
  }

  @Override
  public String toString() {
    return toJson().toString();
  }
}
