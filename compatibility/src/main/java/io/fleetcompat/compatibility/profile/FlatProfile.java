package io.fleetcompat.compatibility.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.facet.FeatureBits;
import io.fleetcompat.inventory.MdevTypeLink;
import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The attributes of a profile by the names that an operator knows: paths below the endpoint's node,
 * and addresses of the catalogue. Pure.
 */
final class FlatProfile {

  /** Members of the facet of an opaque version: those of its PCI function are addresses. */
  private static final Map<String, String> OPAQUE_NAMES =
      Map.of(
          "vendor", "pci/vendor",
          "device", "pci/device",
          "driver", "pci/driver",
          "node", "migration_version node");

  private static final String KIND = "kind";

  private static final String VALUES = "values";

  private FlatProfile() {}

  /** The values by name, as the canonical form has them. */
  static SortedMap<String, JsonNode> of(String canonical) {
    SortedMap<String, JsonNode> flat = new TreeMap<>();
    for (Map.Entry<String, JsonNode> part : CanonicalJson.read(canonical).properties()) {
      switch (part.getKey()) {
        case Profile.FACETS -> facets(part.getValue(), flat);
        case Profile.MDEV_TYPE, Profile.UNSEEN_TYPE -> flat.put(MdevTypeLink.NAME, part.getValue());
        case Profile.VERSION -> flat.put("form", part.getValue());
        default -> flat.put(part.getKey(), part.getValue());
      }
    }
    return flat;
  }

  private static void facets(JsonNode facets, SortedMap<String, JsonNode> into) {
    for (FacetId id : FacetId.values()) {
      JsonNode members = facets.path(id.toString());
      if (members.isObject() && members.isEmpty()) {
        into.put(id.toString(), TextNode.valueOf("without attributes"));
      }
      for (Map.Entry<String, JsonNode> member : members.properties()) {
        into.put(name(id, member.getKey()), member.getValue());
      }
    }
    into.remove(VALUES);
    facets
        .path(FacetId.VENDOR_RULES.toString())
        .path(VALUES)
        .properties()
        .forEach(value -> into.put(value.getKey(), value.getValue()));
  }

  private static String name(FacetId facet, String member) {
    return switch (facet) {
      case TYPE_ATTRIBUTES, FEATURE_BITS -> member;
      case SELF_COMPATIBLE -> facet + "/" + member;
      case OPAQUE_VERSION -> OPAQUE_NAMES.getOrDefault(member, member);
      case VENDOR_RULES -> member.equals(KIND) ? "device kind" : member;
    };
  }

  /** A value in words: features as a hexadecimal number, a list with commas. */
  static String spell(String name, JsonNode value) {
    if (value.isTextual()) {
      return name.equals(FeatureBits.FEATURES) ? hex(value.asText()) : value.asText();
    }
    if (value.isArray() && value.valueStream().allMatch(JsonNode::isTextual)) {
      StringJoiner list = new StringJoiner(", ");
      value.forEach(element -> list.add(element.asText()));
      return list.toString();
    }
    if (value.isObject() && value.size() == 1) {
      Map.Entry<String, JsonNode> problem = value.properties().iterator().next();
      if (problem.getValue().isTextual()) {
        return problem.getKey() + ": " + problem.getValue().asText();
      }
    }
    return CanonicalJson.write(value);
  }

  /** Bit 0 comes first in the profile, and last in a number. */
  private static String hex(String bits) {
    return bits.isEmpty()
        ? "0x0"
        : "0x" + new BigInteger(new StringBuilder(bits).reverse().toString(), 2).toString(16);
  }
}
