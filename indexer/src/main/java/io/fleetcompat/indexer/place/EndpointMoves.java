package io.fleetcompat.indexer.place;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.compatibility.profile.ProfileDifference;
import io.fleetcompat.indexer.change.ChangedValues;
import io.fleetcompat.indexer.change.NewChange;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.schemas.PlacementRecord;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.PlacedEndpoint;
import io.fleetcompat.schemas.avro.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of a host that came, went, or have another profile or other dynamic values than
 * before, by the profiles that they went from and to. One for each change; one thread.
 */
final class EndpointMoves {

  private static final Comparator<Optional<Fingerprint>> NONE_FIRST =
      Comparator.comparing(
          profile -> profile.orElse(null), Comparator.nullsFirst(Comparator.naturalOrder()));

  private static final Comparator<Way> ORDER =
      Comparator.comparing(Way::from, NONE_FIRST).thenComparing(Way::to, NONE_FIRST);

  private final NewChange change;
  private final SortedMap<Way, Group> groups = new TreeMap<>(ORDER);

  private record Way(Optional<Fingerprint> from, Optional<Fingerprint> to) {}

  /** The endpoints that went one way, being counted. */
  private static final class Group {
    private final List<String> names = new ArrayList<>();
    private int devices;
    private int types;

    /** The dynamic values that differ for every one of them alike. */
    private @Nullable List<ChangedValue> dynamic;
  }

  /** The attributes in which two profiles differ, as far as that is known. */
  interface Differences {
    List<ProfileDifference> between(ProfileDifferences.Way profiles);
  }

  private EndpointMoves(NewChange change) {
    this.change = change;
  }

  /**
   * Adds to a change all that came of the endpoints, with its causes.
   *
   * @param before empty where the host was not there
   * @param after empty where it is not there any more
   */
  static void add(
      NewChange change,
      Optional<Placement> before,
      Optional<Placement> after,
      Differences differences) {
    EndpointMoves moves = new EndpointMoves(change);
    moves.compare(before, after);
    change.moves(
        moves.groups.entrySet().stream()
            .map(group -> moves.move(group.getKey(), group.getValue(), differences))
            .toList());
  }

  /** True where both have the same endpoints, as they are stored. */
  static boolean areSame(Placement before, Placement after) {
    return before.getProfiles().equals(after.getProfiles())
        && before.getEndpoints().equals(after.getEndpoints())
        && before.getOffers().equals(after.getOffers());
  }

  private void compare(Optional<Placement> before, Optional<Placement> after) {
    Map<String, PlacedEndpoint> had = byName(before);
    for (PlacedEndpoint endpoint : endpoints(after)) {
      Optional<PlacedEndpoint> was = Optional.ofNullable(had.remove(endpoint.getName()));
      Way way =
          new Way(
              was.map(old -> profile(before.orElseThrow(), old)),
              Optional.of(profile(after.orElseThrow(), endpoint)));
      if (was.isEmpty()) {
        appeared(endpoint, before.isPresent());
        group(way, endpoint, Map.of(), Map.of());
      } else if (!way.from().equals(way.to()) || !isSame(was.get(), endpoint)) {
        change.cause(ChangeCause.ATTRIBUTE_CHANGED);
        group(way, endpoint, was.get().getDynamic(), endpoint.getDynamic());
      }
    }
    for (PlacedEndpoint endpoint : had.values()) {
      Way way = new Way(Optional.of(profile(before.orElseThrow(), endpoint)), Optional.empty());
      went(endpoint, after.isPresent());
      group(way, endpoint, Map.of(), Map.of());
    }
  }

  private static List<PlacedEndpoint> endpoints(Optional<Placement> placement) {
    return placement.map(PlacementRecord::endpoints).orElse(List.of());
  }

  private static SortedMap<String, PlacedEndpoint> byName(Optional<Placement> placement) {
    SortedMap<String, PlacedEndpoint> byName = new TreeMap<>();
    endpoints(placement).forEach(endpoint -> byName.put(endpoint.getName(), endpoint));
    return byName;
  }

  private static Fingerprint profile(Placement placement, PlacedEndpoint endpoint) {
    return Fingerprint.of(placement.getProfiles().get(endpoint.getProfile()).bytes());
  }

  private static boolean isSame(PlacedEndpoint before, PlacedEndpoint after) {
    return before.getKind() == after.getKind() && before.getDynamic().equals(after.getDynamic());
  }

  /** Of a host that has just appeared, that is cause enough. */
  private void appeared(PlacedEndpoint endpoint, boolean wasThere) {
    if (wasThere) {
      change.cause(isType(endpoint) ? ChangeCause.TYPE_OFFERED : ChangeCause.DEVICE_APPEARED);
    }
  }

  private void went(PlacedEndpoint endpoint, boolean isThere) {
    if (isThere) {
      change.cause(isType(endpoint) ? ChangeCause.TYPE_WITHDRAWN : ChangeCause.DEVICE_WENT);
    }
  }

  private static boolean isType(PlacedEndpoint endpoint) {
    return EndpointKind.valueOf(endpoint.getKind().name()).isType();
  }

  private void group(
      Way way, PlacedEndpoint endpoint, Map<String, String> had, Map<String, String> has) {
    Group group = groups.computeIfAbsent(way, _ -> new Group());
    group.names.add(endpoint.getName());
    if (isType(endpoint)) {
      group.types++;
    } else {
      group.devices++;
    }
    List<ChangedValue> own = ChangedValues.between("", had, has);
    if (group.dynamic == null) {
      group.dynamic = new ArrayList<>(own);
    } else {
      group.dynamic.retainAll(own);
    }
  }

  private EndpointMove move(Way way, Group group, Differences differences) {
    SortedMap<String, ChangedValue> values = new TreeMap<>();
    Objects.requireNonNull(group.dynamic).forEach(value -> values.put(value.getName(), value));
    if (way.from().isPresent() && way.to().isPresent() && !way.from().equals(way.to())) {
      var profiles = new ProfileDifferences.Way(way.from().get(), way.to().get());
      for (ProfileDifference each : differences.between(profiles)) {
        values.put(
            each.name(),
            new ChangedValue(each.name(), each.from().orElse(null), each.to().orElse(null)));
        if (each.isUpgrade()) {
          change.cause(ChangeCause.DRIVER_UPGRADE);
        }
      }
    }
    return new EndpointMove(
        bytes(way.from()),
        bytes(way.to()),
        group.devices,
        group.types,
        group.names,
        List.copyOf(values.values()));
  }

  private static @Nullable FingerprintBytes bytes(Optional<Fingerprint> profile) {
    return profile.map(known -> new FingerprintBytes(known.bytes())).orElse(null);
  }
}
