package io.fleetcompat.schemas;

import io.fleetcompat.schemas.RepeatedTypes.Group;
import io.fleetcompat.schemas.RepeatedTypes.Grouped;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.PlacedOffer;
import io.fleetcompat.schemas.avro.Placement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints of a placement, of which those that repeat are stored once. Pure. */
public final class PlacementRecord {

  private static final RepeatedTypes.Naming<PlacedEndpoint> NAMING =
      new RepeatedTypes.Naming<>() {
        @Override
        public String name(PlacedEndpoint endpoint) {
          return endpoint.getName();
        }

        @Override
        public PlacedEndpoint named(PlacedEndpoint endpoint, String name) {
          return new PlacedEndpoint(
              name, endpoint.getKind(), endpoint.getProfile(), endpoint.getDynamic());
        }
      };

  private PlacementRecord() {}

  /**
   * The endpoints of a placement in both of its parts.
   *
   * @param alone those that do not repeat
   */
  public record Parts(List<PlacedEndpoint> alone, List<PlacedOffer> offers) {}

  /** The parts of endpoints that are sorted by name. */
  public static Parts parts(List<PlacedEndpoint> endpoints) {
    Grouped<PlacedEndpoint> grouped = RepeatedTypes.group(endpoints, NAMING);
    return new Parts(
        grouped.others(),
        grouped.groups().stream()
            .map(group -> new PlacedOffer(group.parents(), group.types()))
            .toList());
  }

  /** The field that says which label names pools: nothing where it is the usual one. */
  public static @Nullable String poolLabel(String label) {
    return label.equals(HostLabels.POOL) ? null : label;
  }

  /** The name of the label that names the host's pool. */
  public static String poolLabel(Placement placement) {
    return Objects.requireNonNullElse(placement.getPoolLabel(), HostLabels.POOL);
  }

  /** The pool of a host; empty where it is in none. */
  public static Optional<String> pool(Placement placement) {
    return Optional.ofNullable(placement.getLabels().get(poolLabel(placement)))
        .filter(name -> !name.isEmpty());
  }

  /** All endpoints, sorted by name. */
  public static List<PlacedEndpoint> endpoints(Placement placement) {
    return RepeatedTypes.expand(
        placement.getEndpoints(),
        placement.getOffers().stream()
            .map(offer -> new Group<>(offer.getParents(), offer.getTypes()))
            .toList(),
        NAMING);
  }

  /** The number of endpoints, without making them. */
  static long size(Placement placement) {
    return placement.getOffers().stream()
        .map(offer -> new Group<>(offer.getParents(), offer.getTypes()))
        .mapToLong(Group::size)
        .reduce(placement.getEndpoints().size(), Math::addExact);
  }
}
