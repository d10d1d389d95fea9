package io.fleetcompat.query.lookup;

import io.fleetcompat.query.evacuation.PlaceProblem.Place;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.Evacuation.Obstacle;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The places that the devices of one host may go to. A device that may go to as many cards as there
 * are devices finds room whatever the others take, since each takes one card at most; so of its
 * destinations the best ones on so many cards are enough. One thread.
 */
final class EvacuationPlaces<V> {

  /** Most pages of destinations that are looked at for one profile. */
  private static final int MAX_PAGES = 20;

  /** A device that may be in use is taken only where nothing else is left. */
  private static final long COST_OF_DEVICE = 1L << 40;

  private final IndexView view;
  private final Evacuations.Question question;
  private final int devices;
  private final PairVerdicts<V> verdicts;
  private final Destinations<V> destinations;
  private final Sightings sightings;
  private final Deadline deadline;
  private final ViewOverrides overrides;
  private final List<Place> places = new ArrayList<>();
  private final List<Destination<V>> destinationOf = new ArrayList<>();
  private final Map<IndexedEndpoint, Integer> placeOf = new HashMap<>();
  private final Map<String, Integer> cards = new HashMap<>();
  private final Map<Integer, Candidates<V>> bySlot = new HashMap<>();
  private final OnwardHosts<V> onwards;
  private boolean cut;
  private boolean untoldCapacity;

  /**
   * The places of a device.
   *
   * @param obstacle why the device has none; where there are some, the other devices need them
   * @param excluded endpoints that are no destination, by reason
   * @param looked the destinations, whether or not they are places
   */
  record Candidates<V>(
      List<Wish> wishes, Obstacle obstacle, Map<Exclusion, Long> excluded, LookedAt<V> looked) {}

  /**
   * @param devices how many the host has
   */
  EvacuationPlaces(
      ViewOverrides overrides,
      Evacuations.Question question,
      int devices,
      PairVerdicts<V> verdicts,
      Destinations<V> destinations,
      OnwardHosts<V> onwards,
      Sightings sightings,
      Deadline deadline) {
    this.view = overrides.view();
    this.overrides = overrides;
    this.onwards = onwards;
    this.question = question;
    this.devices = devices;
    this.verdicts = verdicts;
    this.destinations = destinations;
    this.sightings = sightings;
    this.deadline = deadline;
  }

  /** True where a device may have more places than were looked at. */
  boolean isCut() {
    return cut;
  }

  /** True where a device could go to a type whose capacity nobody tells. */
  boolean isCapacityUntold() {
    return untoldCapacity;
  }

  /** All places that were found so far. */
  List<Place> places() {
    return places;
  }

  IndexedEndpoint endpoint(int place) {
    return destinationOf.get(place).endpoint();
  }

  /** A place as the destination of a device. */
  Destination<V> destination(IndexedEndpoint device, int place) {
    Destination<V> to = destinationOf.get(place);
    return new Destination<>(
        to.endpoint(), to.capacity(), verdicts.of(overrides, device, to.endpoint()));
  }

  /** The places of a device: those of one profile have the same. */
  Candidates<V> of(IndexedEndpoint device) {
    return bySlot.computeIfAbsent(device.slot(), _ -> find(device));
  }

  private Candidates<V> find(IndexedEndpoint device) {
    LookedAt<V> looked = new LookedAt<>();
    List<Wish> wishes = new ArrayList<>();
    Set<Integer> wishedCards = new HashSet<>();
    Map<Exclusion, Long> excluded = Map.of();
    boolean any = false;
    boolean room = false;
    Optional<Cursor> after = Optional.empty();
    long seen = 0;
    for (int page = 0; page < MAX_PAGES && wishedCards.size() < devices; page++) {
      Page<V> found = destinations.find(view, ask(device, after), deadline);
      seen += found.destinations().size();
      excluded = page == 0 ? found.excluded() : excluded;
      for (Destination<V> to : found.destinations()) {
        any = true;
        looked.add(to);
        untoldCapacity = untoldCapacity || (isUntold(to) && onwards.areEnough(to.endpoint()));
        int cost = wishes.size(); // in the order of the answer: the best first
        if (hasRoom(to) && wishedCards.size() < devices) {
          room = true;
          if (onwards.areEnough(to.endpoint())) {
            boolean mayBeInUse = use(to).filter(Use.UNKNOWN::equals).isPresent();
            wishes.add(new Wish(place(to), mayBeInUse ? COST_OF_DEVICE + cost : cost));
            wishedCards.add(places.get(place(to)).card());
          }
        }
      }
      if (found.next().isEmpty()) {
        break;
      }
      after = found.next().map(Cursor::parse);
      boolean last = page == MAX_PAGES - 1 || wishedCards.size() >= devices;
      looked.addNotLookedAt(last ? Math.max(0, found.total() - seen) : 0);
      cut |= page == MAX_PAGES - 1 && wishedCards.size() < devices;
    }
    Obstacle obstacle =
        wishes.isEmpty() ? obstacle(device, any, room) : Obstacle.COMPETES; // nothing else can be
    return new Candidates<>(wishes, obstacle, excluded, looked);
  }

  /** A type whose capacity nobody tells has no room, as far as anybody knows. */
  private boolean hasRoom(Destination<?> to) {
    return use(to).map(use -> use != Use.IN_USE).orElse(to.capacity() > 0);
  }

  private static boolean isUntold(Destination<?> to) {
    return !to.endpoint().isDevice() && to.capacity() < 0;
  }

  /** The use of a device that exists, which takes one if it is not in use; empty of a type. */
  Optional<Use> use(Destination<?> to) {
    return to.endpoint().use(sightings.of(to.endpoint(), sightings.now()));
  }

  private DestinationsQuestion ask(IndexedEndpoint device, Optional<Cursor> after) {
    return new DestinationsQuestion(
        device, question.scope(), Destinations.MAX_LIMIT, after, false, false, false, false);
  }

  /** The reason for which a device has no place whatever becomes of the others. */
  private Obstacle obstacle(IndexedEndpoint device, boolean any, boolean room) {
    if (!sightings.isFresh(device.host(), sightings.now())) {
      return Obstacle.HOST_SILENT;
    }
    if (!any) {
      return Obstacle.NO_DESTINATION;
    }
    return room ? Obstacle.TOO_FEW_KEPT : Obstacle.NO_ROOM;
  }

  private int place(Destination<V> to) {
    return placeOf.computeIfAbsent(
        to.endpoint(),
        endpoint -> {
          destinationOf.add(to);
          places.add(new Place(Math.max(1, to.capacity()), card(to)));
          return places.size() - 1;
        });
  }

  private int card(Destination<V> to) {
    return cards.computeIfAbsent(CardName.of(to.endpoint()).name(), _ -> cards.size());
  }
}
