package io.fleetcompat.query.lookup;

import io.fleetcompat.query.evacuation.PlaceProblem;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.evacuation.PlaceSearch;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Evacuation.Competition;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Obstacle;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.lookup.Evacuation.Unblocking;
import io.fleetcompat.query.lookup.EvacuationPlaces.Candidates;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The evacuations of hosts. The places of all devices are searched for together ({@link
 * PlaceSearch}). Any thread.
 *
 * @param <V> the form that verdicts have in answers
 */
public final class Evacuations<V> {

  private final PairVerdicts<V> verdicts;
  private final Destinations<V> destinations;
  private final Sightings sightings;

  public Evacuations(PairVerdicts<V> verdicts, Destinations<V> destinations, Sightings sightings) {
    this.verdicts = verdicts;
    this.destinations = destinations;
    this.sightings = sightings;
  }

  /**
   * "Where can all devices of this host go?"
   *
   * @param scope the hosts that they may go to
   * @param keep how many further hosts each device must be able to go to from its place
   */
  public record Question(String host, Scope scope, int keep) {}

  /** Empty where the index does not have the host. */
  public Optional<Evacuation<V>> find(IndexView view, Question question, Deadline deadline) {
    return Optional.ofNullable(view.fleet().find(question.host()))
        .map(host -> find(view, host, question, deadline));
  }

  private Evacuation<V> find(IndexView view, Host host, Question question, Deadline deadline) {
    List<IndexedEndpoint> devices =
        IntStream.range(0, host.placed().endpoints().size())
            .filter(index -> !host.placed().endpoints().isType(index))
            .mapToObj(index -> IndexedEndpoint.of(host, index))
            .toList();
    ViewOverrides overrides = ViewOverrides.of(view, sightings.now());
    OnwardHosts<V> onwards = new OnwardHosts<>(overrides, question, verdicts, sightings, deadline);
    EvacuationPlaces<V> places =
        new EvacuationPlaces<>(
            overrides,
            question,
            devices.size(),
            verdicts,
            destinations,
            onwards,
            sightings,
            deadline);
    List<IndexedEndpoint> wishing =
        devices.stream().filter(device -> !places.of(device).wishes().isEmpty()).toList();
    List<List<Wish>> wishes = wishing.stream().map(device -> places.of(device).wishes()).toList();
    PlaceSearch.Result found =
        PlaceSearch.of(new PlaceProblem(places.places(), wishes), deadline::check);
    List<Move<V>> moves = moves(wishing, found, places);
    NearestEndpoint<V> nearest =
        new NearestEndpoint<>(overrides, question.scope(), verdicts, deadline);
    Unblockings<V> unblockings = new Unblockings<>(view, onwards, moves);
    List<Stuck<V>> stuck = new ArrayList<>();
    for (IndexedEndpoint device : devices) {
      Candidates<V> candidates = places.of(device);
      if (candidates.wishes().isEmpty()) {
        stuck.add(stuck(device, host, candidates, nearest, unblockings));
      }
    }
    for (int i = 0; i < wishing.size(); i++) {
      if (found.chosen()[i] == PlaceSearch.NOWHERE) {
        IndexedEndpoint device = wishing.get(i);
        stuck.add(competing(device, unblockings.of(device, places.of(device))));
      }
    }
    boolean bounded = found.placed() == found.atMost() && !places.isCut();
    return new Evacuation<>(
        host.name(),
        sightings.of(host, sightings.now()),
        moves,
        stuck,
        places.isCut() ? withDestinations(devices, places) : found.atMost(),
        places.isCut()
            ? OptionalInt.empty()
            : OptionalInt.of(withoutRoom(stuck) + wishing.size() - found.atMost()),
        places.isCapacityUntold(),
        doubts(found, places, moves, bounded),
        found.shortage().map(shortage -> competition(shortage, wishing, places)));
  }

  /** The devices that have compatible destinations and no room there: each needs a place. */
  private static int withoutRoom(List<? extends Stuck<?>> stuck) {
    return (int) stuck.stream().filter(each -> each.obstacle() == Obstacle.NO_ROOM).count();
  }

  /** Any of these may have room at one of the destinations that were not looked at. */
  private static int withDestinations(List<IndexedEndpoint> devices, EvacuationPlaces<?> places) {
    return (int)
        devices.stream().filter(device -> !places.of(device).looked().all().isEmpty()).count();
  }

  private static <V> List<Move<V>> moves(
      List<IndexedEndpoint> wishing, PlaceSearch.Result found, EvacuationPlaces<V> places) {
    List<Move<V>> moves = new ArrayList<>();
    for (int i = 0; i < wishing.size(); i++) {
      int place = found.chosen()[i];
      if (place != PlaceSearch.NOWHERE) {
        Destination<V> to = places.destination(wishing.get(i), place);
        moves.add(new Move<>(wishing.get(i), to, places.use(to)));
      }
    }
    return moves;
  }

  /** A device that has no place whatever becomes of the others. */
  private static <V> Stuck<V> stuck(
      IndexedEndpoint device,
      Host host,
      Candidates<V> candidates,
      NearestEndpoint<V> nearest,
      Unblockings<V> unblockings) {
    return switch (candidates.obstacle()) {
      case HOST_SILENT ->
          new Stuck<>(
              device,
              candidates.obstacle(),
              candidates.excluded(),
              Optional.empty(),
              Optional.empty());
      case NO_DESTINATION ->
          new Stuck<>(
              device,
              candidates.obstacle(),
              candidates.excluded(),
              nearest.find(device, other -> other.id() != host.id()),
              Optional.empty());
      case NO_ROOM, TOO_FEW_KEPT, COMPETES ->
          new Stuck<>(
              device,
              candidates.obstacle(),
              candidates.excluded(),
              Optional.empty(),
              Optional.of(unblockings.of(device, candidates)));
    };
  }

  private static <V> Stuck<V> competing(IndexedEndpoint device, Unblocking<V> unblocking) {
    return new Stuck<>(
        device, Obstacle.COMPETES, Map.of(), Optional.empty(), Optional.of(unblocking));
  }

  /**
   * The reasons for which nobody knows whether just so many devices can go.
   *
   * @param bounded whether more is impossible, however cards are shared
   */
  private static Set<Doubt> doubts(
      PlaceSearch.Result found,
      EvacuationPlaces<?> places,
      List<? extends Move<?>> moves,
      boolean bounded) {
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    if (!bounded && (places.isCut() || !found.exhausted())) {
      doubts.add(Doubt.SEARCH_ENDED);
    }
    if (found.placed() < found.atMost()) {
      doubts.add(Doubt.SHARED_CAPACITY);
    }
    if (moves.stream().anyMatch(Move::mayBeInUse)) {
      doubts.add(Doubt.IN_USE_UNKNOWN);
    }
    return doubts;
  }

  private static Competition competition(
      PlaceSearch.Shortage shortage, List<IndexedEndpoint> wishing, EvacuationPlaces<?> places) {
    Map<IndexedEndpoint, Integer> rooms = new LinkedHashMap<>();
    shortage.places().stream()
        .forEach(place -> rooms.put(places.endpoint(place), places.places().get(place).room()));
    return new Competition(shortage.devices().stream().mapToObj(wishing::get).toList(), rooms);
  }
}
