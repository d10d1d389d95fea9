package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.MdevTypeLink;
import java.util.Optional;

/**
 * The {@code mdev_type} of an mdev device where it leads to no type's directory: it is missing,
 * dangles, loops, leads out of the root or is no link. Then nobody knows which facets the type has.
 *
 * @param link why: absent, malformed or unreadable
 */
public record UnseenType(Parsed<String> link) {

  private static final String ABSENT = "absent";

  /** The unseen type of an endpoint; empty where its type was seen, or it has none. */
  public static Optional<UnseenType> of(Endpoint endpoint) {
    return endpoint.kind() == EndpointKind.MDEV_DEVICE
        ? of(endpoint.type().get(MdevTypeLink.NAME))
        : Optional.empty();
  }

  private static Optional<UnseenType> of(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Absent() -> Optional.empty();
      case Attribute.Malformed(String problem) ->
          Optional.of(new UnseenType(new Parsed.Malformed<>(problem)));
      case Attribute.Unreadable(String errno) ->
          Optional.of(
              new UnseenType(
                  attribute.equals(MdevTypeLink.NOTHING_THERE)
                      ? new Parsed.Absent<>()
                      : new Parsed.Unreadable<>(errno)));
      case Attribute.Text(String _), Attribute.Directory() ->
          Optional.of(new UnseenType(new Parsed.Malformed<>("expected a link to a type")));
    };
  }

  /** Its part of the canonical form. */
  public JsonNode toJson() {
    ObjectNode json = FacetJson.object();
    FacetJson.put(json, MdevTypeLink.NAME, link, FacetJson::text);
    return json.path(MdevTypeLink.NAME).isMissingNode()
        ? FacetJson.text(ABSENT)
        : json.path(MdevTypeLink.NAME);
  }

  /**
   * Reads its part of the canonical form back.
   *
   * @throws IllegalArgumentException where it is not what {@link #toJson} writes
   */
  public static UnseenType fromJson(JsonNode json) {
    ObjectNode in = FacetJson.object();
    in.set(MdevTypeLink.NAME, json);
    Parsed<String> link = FacetJson.get(in, MdevTypeLink.NAME, FacetJson::asText);
    return new UnseenType(link instanceof Parsed.Value ? new Parsed.Absent<>() : link);
  }
}
