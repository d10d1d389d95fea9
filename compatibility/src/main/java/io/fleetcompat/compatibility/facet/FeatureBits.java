package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.Quoted;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The features that a virtio device negotiated with its driver (docs/rules.md 3.4; the attributes
 * are those of the kernel's {@code drivers/virtio/virtio.c}).
 *
 * @param device virtio device id
 * @param vendor virtio vendor id
 * @param negotiation what {@code status} says of the bits
 * @param features the bits; absent unless negotiation says that they mean something
 */
public record FeatureBits(
    Parsed<String> device,
    Parsed<String> vendor,
    Parsed<Negotiation> negotiation,
    Parsed<BitSet> features)
    implements Facet {

  public static final String DEVICE = "device";
  public static final String VENDOR = "vendor";
  public static final String FEATURES = "features";
  public static final String STATUS = "status";

  /** The bits of {@code status} (linux/virtio_config.h). */
  private static final long DRIVER_OK = 0x4;

  private static final long FAILED = 0x80;

  private static final int MAX_STATUS_DIGITS = 8;

  /**
   * The state of the features: negotiated where a driver holds the device, or where {@code status}
   * is absent.
   *
   * @param status the value where they are not; empty where they are
   */
  public record Negotiation(Optional<String> status) {

    public static final Negotiation DONE = new Negotiation(Optional.empty());

    public boolean isDone() {
      return status.isEmpty();
    }

    @Override
    public String toString() {
      return status.orElse("negotiated");
    }
  }

  /** The facet of an endpoint: every virtio device has it. */
  static Optional<FeatureBits> of(Endpoint endpoint) {
    if (endpoint.kind() != EndpointKind.VIRTIO_DEVICE) {
      return Optional.empty();
    }
    Attributes own = endpoint.own();
    Parsed<Negotiation> negotiation = negotiation(own.get(STATUS));
    return Optional.of(
        new FeatureBits(
            read(own.get(DEVICE), HardwareId::parse),
            read(own.get(VENDOR), HardwareId::parse),
            negotiation,
            isDone(negotiation)
                ? read(own.get(FEATURES), FeatureBits::bits)
                : new Parsed.Absent<>()));
  }

  /** True of an attribute that is part of this facet. */
  public static boolean hasAttribute(String name) {
    return switch (name) {
      case DEVICE, VENDOR, STATUS, FEATURES -> true;
      default -> false;
    };
  }

  /**
   * The facet of the same device with another value of an attribute. Features that are not
   * negotiated mean nothing, whatever they are.
   *
   * @param name one that {@link #hasAttribute} knows
   */
  public FeatureBits with(String name, Attribute attribute) {
    Parsed<Negotiation> next = name.equals(STATUS) ? negotiation(attribute) : negotiation;
    Parsed<BitSet> bits = name.equals(FEATURES) ? read(attribute, FeatureBits::bits) : features;
    return new FeatureBits(
        name.equals(DEVICE) ? read(attribute, HardwareId::parse) : device,
        name.equals(VENDOR) ? read(attribute, HardwareId::parse) : vendor,
        next,
        isDone(next) ? bits : new Parsed.Absent<>());
  }

  private static Parsed<Negotiation> negotiation(Attribute status) {
    return status instanceof Attribute.Absent
        ? new Parsed.Value<>(Negotiation.DONE)
        : read(status, FeatureBits::status);
  }

  /** True where the bits mean something. */
  public boolean isNegotiated() {
    return isDone(negotiation);
  }

  private static boolean isDone(Parsed<Negotiation> negotiation) {
    return negotiation instanceof Parsed.Value<Negotiation>(Negotiation value) && value.isDone();
  }

  private static <T> Parsed<T> read(Attribute attribute, ValueParser<T> parser) {
    return parser.read(attribute);
  }

  private static Negotiation status(String text) throws MalformedException {
    if (!text.startsWith("0x")
        || !NormalForm.isHex(text, 2)
        || text.length() - 2 > MAX_STATUS_DIGITS) {
      throw new MalformedException(
          "expected a status such as 0x0000000f, found " + Quoted.of(text));
    }
    long status = Long.parseLong(text.substring(2), 16);
    boolean negotiated = (status & DRIVER_OK) != 0 && (status & FAILED) == 0;
    return negotiated
        ? Negotiation.DONE
        : new Negotiation(Optional.of(String.format("0x%08x", status)));
  }

  private static BitSet bits(String text) throws MalformedException {
    BitSet bits = bitsOf(text);
    if (text.isEmpty()) {
      throw new MalformedException("expected a string of 0 and 1, found an empty one");
    }
    return bits;
  }

  private static BitSet bitsOf(String text) throws MalformedException {
    BitSet bits = new BitSet(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '0' && c != '1') {
        throw new MalformedException("expected a string of 0 and 1, found " + Quoted.of(text));
      }
      bits.set(i, c == '1');
    }
    return bits;
  }

  /** The string of {@code 0} and {@code 1}, bit 0 first, without trailing zeros. */
  public static String spell(BitSet bits) {
    StringBuilder text = new StringBuilder(bits.length());
    for (int i = 0; i < bits.length(); i++) {
      text.append(bits.get(i) ? '1' : '0');
    }
    return text.toString();
  }

  @Override
  public FacetId id() {
    return FacetId.FEATURE_BITS;
  }

  @Override
  public boolean isOfOwnNode() {
    return true;
  }

  @Override
  public void forEach(BiConsumer<String, Parsed<?>> visitor) {
    visitor.accept(DEVICE, device);
    visitor.accept(VENDOR, vendor);
    visitor.accept(STATUS, negotiation);
    visitor.accept(FEATURES, features);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode json = FacetJson.object();
    FacetJson.put(json, DEVICE, device, FacetJson::text);
    FacetJson.put(json, VENDOR, vendor, FacetJson::text);
    FacetJson.put(json, STATUS, negotiation, status -> FacetJson.text(status.toString()));
    FacetJson.put(json, FEATURES, features, bits -> FacetJson.text(spell(bits)));
    return json;
  }

  /** Inverse of {@link #toJson}; what that does not write is an IllegalArgumentException. */
  static FeatureBits fromJson(JsonNode json) {
    return new FeatureBits(
        FacetJson.get(json, DEVICE, FacetJson::asText),
        FacetJson.get(json, VENDOR, FacetJson::asText),
        FacetJson.get(json, STATUS, text -> negotiation(FacetJson.asText(text))),
        FacetJson.get(json, FEATURES, text -> bitsOf(FacetJson.asText(text))));
  }

  private static Negotiation negotiation(String text) {
    return text.equals(Negotiation.DONE.toString())
        ? Negotiation.DONE
        : new Negotiation(Optional.of(text));
  }
}
