package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A version string that only its driver understands: {@code migration_version}, once {@code
 * version} (docs/rules.md 3.3). It is never parsed.
 *
 * @param text the string as it was read
 * @param ofDevice whether the attribute is on a device's own node; else it is its type's
 * @param vendor of the PCI function that is, or is the parent of, the endpoint
 * @param device PCI device id, likewise: it makes the class of a probe
 * @param driver of that PCI function, likewise
 */
public record OpaqueVersion(
    Parsed<String> text,
    boolean ofDevice,
    Parsed<String> vendor,
    Parsed<String> device,
    Parsed<String> driver)
    implements Facet {

  public static final String MIGRATION_VERSION = "migration_version";
  public static final String VENDOR = "vendor";

  /** Longest string in bytes that one {@code write(2)} hands to a driver whole. */
  public static final int MAX_BYTES = 4095;

  private static final String OLD_SPELLING = "version";
  private static final String DEVICE = "device";
  private static final String DRIVER = "driver";
  private static final String NODE = "node";

  /** The facet of an endpoint, of its own node before its type's; empty where neither has it. */
  static Optional<OpaqueVersion> of(Endpoint endpoint) {
    boolean mdev =
        endpoint.kind() == EndpointKind.MDEV_DEVICE || endpoint.kind() == EndpointKind.MDEV_TYPE;
    boolean isDevice = !endpoint.kind().isType();
    Attribute own = attribute(endpoint.own(), mdev);
    if (!(own instanceof Attribute.Absent)) {
      return Optional.of(of(own, isDevice, endpoint.pci()));
    }
    Attribute ofType =
        endpoint.kind() == EndpointKind.MDEV_DEVICE
            ? attribute(endpoint.type(), true)
            : Attribute.ABSENT;
    return ofType instanceof Attribute.Absent
        ? Optional.empty()
        : Optional.of(of(ofType, false, endpoint.pci()));
  }

  private static Attribute attribute(Attributes node, boolean mdev) {
    Attribute found = node.get(MIGRATION_VERSION);
    return found instanceof Attribute.Absent && mdev ? node.get(OLD_SPELLING) : found;
  }

  private static OpaqueVersion of(Attribute attribute, boolean ofDevice, Attributes pci) {
    return new OpaqueVersion(
        read(attribute, OpaqueVersion::opaque),
        ofDevice,
        read(pci.get(VENDOR), HardwareId::parse),
        read(pci.get(DEVICE), HardwareId::parse),
        read(pci.get(DRIVER), text -> text));
  }

  /**
   * The facet of the same endpoint with another string; empty where there is none any more.
   *
   * @param attribute as it would be read
   */
  public Optional<OpaqueVersion> withText(Attribute attribute) {
    return attribute instanceof Attribute.Absent
        ? Optional.empty()
        : Optional.of(
            new OpaqueVersion(
                read(attribute, OpaqueVersion::opaque), ofDevice, vendor, device, driver));
  }

  /**
   * The facet of an endpoint of that PCI function.
   *
   * @param path below the function's node; of others it says nothing
   */
  public OpaqueVersion withPci(String path, Attribute attribute) {
    return new OpaqueVersion(
        text,
        ofDevice,
        path.equals(VENDOR) ? read(attribute, HardwareId::parse) : vendor,
        path.equals(DEVICE) ? read(attribute, HardwareId::parse) : device,
        path.equals(DRIVER) ? read(attribute, name -> name) : driver);
  }

  private static <T> Parsed<T> read(Attribute attribute, ValueParser<T> parser) {
    return parser.read(attribute);
  }

  private static String opaque(String text) throws MalformedException {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new MalformedException(
          "expected a string of 1 to " + MAX_BYTES + " bytes, found " + bytes);
    }
    return text;
  }

  @Override
  public FacetId id() {
    return FacetId.OPAQUE_VERSION;
  }

  @Override
  public boolean isOfOwnNode() {
    return ofDevice;
  }

  @Override
  public void forEach(BiConsumer<String, Parsed<?>> visitor) {
    visitor.accept(MIGRATION_VERSION, text);
    visitor.accept(VENDOR, vendor);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = FacetJson.object();
    FacetJson.put(json, MIGRATION_VERSION, text, FacetJson::text);
    json.put(NODE, ofDevice ? "device" : "type");
    FacetJson.put(json, VENDOR, vendor, FacetJson::text);
    FacetJson.put(json, DEVICE, device, FacetJson::text);
    FacetJson.put(json, DRIVER, driver, FacetJson::text);
    return json;
  }

  /** Inverse of {@link #toJson}; what that does not write is an IllegalArgumentException. */
  static OpaqueVersion fromJson(JsonNode json) {
    return new OpaqueVersion(
        FacetJson.get(json, MIGRATION_VERSION, FacetJson::asText),
        json.path(NODE).asText().equals("device"),
        FacetJson.get(json, VENDOR, FacetJson::asText),
        FacetJson.get(json, DEVICE, FacetJson::asText),
        FacetJson.get(json, DRIVER, FacetJson::asText));
  }
}
