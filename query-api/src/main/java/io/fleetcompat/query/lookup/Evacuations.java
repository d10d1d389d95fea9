package io.fleetcompat.query.lookup;

import io.fleetcompat.query.evacuation.PlaceProblem;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.evacuation.PlaceSearch;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Evacuation.Competition;
import io.fleetcompat.query.lookup.Evacuation.Move;
import io.fleetcompat.query.lookup.Evacuation.Obstacle;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.lookup.EvacuationPlaces.Candidates;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    EvacuationPlaces<V> places =
        new EvacuationPlaces<>(
            view, question, devices.size(), verdicts, destinations, sightings, deadline);
    Result<V> result = new Result<>();
    List<IndexedEndpoint> wishing = new ArrayList<>();
    List<List<Wish>> wishes = new ArrayList<>();
    for (IndexedEndpoint device : devices) {
      Candidates candidates = places.of(device);
      if (candidates.wishes().isEmpty()) {
        result.stuck.add(places.stuck(device, candidates));
      } else {
        wishing.add(device);
        wishes.add(candidates.wishes());
      }
    }
    PlaceSearch.Result found =
        PlaceSearch.of(new PlaceProblem(places.places(), wishes), deadline::check);
    for (int i = 0; i < wishing.size(); i++) {
      result.add(wishing.get(i), found.chosen()[i], places);
    }
    Optional<Competition> competition =
        found.shortage().map(shortage -> competition(shortage, wishing, places));
    return new Evacuation<>(
        host.name(),
        sightings.of(host, sightings.now()),
        result.moves,
        result.stuck,
        found.atMost(),
        isCertain(found, places),
        competition);
  }

  /** True where it is known that no more devices can have a place. */
  private static boolean isCertain(PlaceSearch.Result found, EvacuationPlaces<?> places) {
    boolean decidedByCards = found.placed() < found.atMost() && places.areSharedByFunctions();
    return found.exhausted() && !places.isCut() && !decidedByCards;
  }

  /** The devices that were decided on so far. */
  private static final class Result<V> {
    final List<Move<V>> moves = new ArrayList<>();
    final List<Stuck<V>> stuck = new ArrayList<>();

    void add(IndexedEndpoint device, int place, EvacuationPlaces<V> places) {
      if (place == PlaceSearch.NOWHERE) {
        stuck.add(new Stuck<>(device, Obstacle.COMPETES, Map.of(), Optional.empty()));
      } else {
        Destination<V> to = places.destination(device, place);
        moves.add(new Move<>(device, to, EvacuationPlaces.isDevice(to)));
      }
    }
  }

  private static Competition competition(
      PlaceSearch.Shortage shortage, List<IndexedEndpoint> wishing, EvacuationPlaces<?> places) {
    Map<IndexedEndpoint, Integer> rooms = new LinkedHashMap<>();
    shortage.places().stream()
        .forEach(place -> rooms.put(places.endpoint(place), places.places().get(place).room()));
    return new Competition(shortage.devices().stream().mapToObj(wishing::get).toList(), rooms);
  }
}
