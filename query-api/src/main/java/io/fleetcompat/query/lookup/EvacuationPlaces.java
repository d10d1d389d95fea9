package io.fleetcompat.query.lookup;

import static java.util.Comparator.comparingInt;

import io.fleetcompat.query.evacuation.PlaceProblem.Place;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.lookup.Destinations.Destination;
import io.fleetcompat.query.lookup.Destinations.Page;
import io.fleetcompat.query.lookup.Evacuation.Nearest;
import io.fleetcompat.query.lookup.Evacuation.Obstacle;
import io.fleetcompat.query.lookup.Evacuation.Stuck;
import io.fleetcompat.query.replica.Host;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.keys.CandidateKey;
import io.fleetcompat.query.replica.keys.OrderedKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * The places that the devices of one host may go to. A device that may go to as many cards as there
 * are devices finds room whatever the others take, since each takes one card at most; so of its
 * destinations the best ones on so many cards are enough. One thread.
 */
final class EvacuationPlaces<V> {

  /** Most pages of destinations that are looked at for one profile. */
  private static final int MAX_PAGES = 20;

  /** A device that exists may be in use: it is taken only where nothing else is left. */
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
  private final Map<Integer, Candidates> bySlot = new HashMap<>();
  private final Map<From, RoaringBitmap> onwards = new HashMap<>();
  private boolean cut;

  private final Map<String, String> parentOf = new HashMap<>();
  private boolean severalParents;

  /** All that the ways onwards from a place depend on: overrides may be of pools. */
  private record From(int slot, Optional<String> pool) {}

  /**
   * The places of a device.
   *
   * @param obstacle why there are none
   * @param excluded endpoints that are no destination, by reason
   */
  record Candidates(List<Wish> wishes, Obstacle obstacle, Map<Exclusion, Long> excluded) {}

  /**
   * @param devices how many the host has
   */
  EvacuationPlaces(
      IndexView view,
      Evacuations.Question question,
      int devices,
      PairVerdicts<V> verdicts,
      Destinations<V> destinations,
      Sightings sightings,
      Deadline deadline) {
    this.view = view;
    this.question = question;
    this.devices = devices;
    this.verdicts = verdicts;
    this.destinations = destinations;
    this.sightings = sightings;
    this.deadline = deadline;
    this.overrides = ViewOverrides.of(view, sightings.now());
  }

  /** True where a device may have more places than were looked at. */
  boolean isCut() {
    return cut;
  }

  /** True where functions of one card offer types: how many it takes together, nobody tells. */
  boolean areSharedByFunctions() {
    return severalParents;
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
  Candidates of(IndexedEndpoint device) {
    return bySlot.computeIfAbsent(device.slot(), _ -> find(device));
  }

  private Candidates find(IndexedEndpoint device) {
    List<Wish> wishes = new ArrayList<>();
    Set<Integer> wishedCards = new HashSet<>();
    Map<Exclusion, Long> excluded = Map.of();
    boolean any = false;
    boolean room = false;
    Optional<Cursor> after = Optional.empty();
    for (int page = 0; page < MAX_PAGES && wishedCards.size() < devices; page++) {
      Page<V> found = destinations.find(view, ask(device, after), deadline);
      excluded = page == 0 ? found.excluded() : excluded;
      for (Destination<V> to : found.destinations()) {
        any = true;
        int cost = wishes.size(); // in the order of the answer: the best first
        if (hasRoom(to) && wishedCards.size() < devices) {
          room = true;
          if (keepsEnough(to.endpoint())) {
            wishes.add(new Wish(place(to), isDevice(to) ? COST_OF_DEVICE + cost : cost));
            wishedCards.add(places.get(place(to)).card());
          }
        }
      }
      if (found.next().isEmpty()) {
        break;
      }
      after = found.next().map(Cursor::parse);
      cut |= page == MAX_PAGES - 1 && wishedCards.size() < devices;
    }
    return new Candidates(wishes, obstacle(device, any, room), excluded);
  }

  /** A type whose capacity nobody tells has no room, as far as anybody knows. */
  private static boolean hasRoom(Destination<?> to) {
    return isDevice(to) || to.capacity() > 0;
  }

  /** True of a device that exists: it takes one, if it is not in use. */
  static boolean isDevice(Destination<?> to) {
    IndexedEndpoint endpoint = to.endpoint();
    return !endpoint.host().placed().endpoints().isType(endpoint.index());
  }

  private DestinationsQuestion ask(IndexedEndpoint device, Optional<Cursor> after) {
    return new DestinationsQuestion(
        device, question.scope(), Destinations.MAX_LIMIT, after, false, false, false, false);
  }

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
    CardName card = CardName.of(to.endpoint());
    card.parent()
        .ifPresent(
            parent ->
                severalParents |=
                    !parentOf.computeIfAbsent(card.name(), _ -> parent).equals(parent));
    return cards.computeIfAbsent(card.name(), _ -> cards.size());
  }

  /** True where a device could go on from there to as many other hosts as are to be kept. */
  private boolean keepsEnough(IndexedEndpoint place) {
    if (question.keep() == 0) {
      return true;
    }
    From from = new From(place.slot(), ViewOverrides.pool(place.host()));
    RoaringBitmap hosts = onwards.computeIfAbsent(from, _ -> onwards(place));
    int others = hosts.getCardinality() - (hosts.contains(place.host().id()) ? 1 : 0);
    return others >= question.keep();
  }

  /** The live hosts, but for the one that is emptied, to which a device of that profile may go. */
  private RoaringBitmap onwards(IndexedEndpoint place) {
    SourceRanking ranking = verdicts.ranking(overrides, place, deadline);
    RoaringBitmap live = new RoaringBitmap();
    long now = sightings.now();
    PossibleHosts.of(view, List.of(ranking), question.scope(), deadline).stream()
        .mapToObj(view.fleet()::host)
        .filter(host -> sightings.isFresh(host, now) && !host.name().equals(question.host()))
        .forEach(host -> live.add(host.id()));
    return live;
  }

  /** A device that has no place, with what would be its nearest one. */
  Stuck<V> stuck(IndexedEndpoint device, Candidates candidates) {
    Optional<Nearest<V>> nearest =
        candidates.obstacle() == Obstacle.NO_DESTINATION ? nearest(device) : Optional.empty();
    return new Stuck<>(device, candidates.obstacle(), candidates.excluded(), nearest);
  }

  private Optional<Nearest<V>> nearest(IndexedEndpoint device) {
    CandidateFilter filter = new CandidateFilter(view, device.slot());
    List<Nearest<V>> like = new ArrayList<>();
    for (int slot = 0; slot < view.matrix().slots(); slot++) {
      OrderedKeys live = question.scope().members().endpoints(slot).placedFresh();
      if (live.size() > 0 && filter.isLike(slot)) {
        deadline.check();
        elsewhere(live)
            .map(endpoint -> new Nearest<>(endpoint, verdicts.of(overrides, device, endpoint)))
            .ifPresent(like::add);
      }
    }
    return like.stream()
        .min(
            comparingInt((Nearest<V> each) -> each.pair().reasons())
                .thenComparing(each -> each.pair().outcome())
                .thenComparing(each -> each.endpoint().reference()));
  }

  /** The first endpoint that is not on the host that is emptied. */
  private Optional<IndexedEndpoint> elsewhere(OrderedKeys keys) {
    for (OrderedKeys.Walk walk = keys.from(0); walk.hasNext(); ) {
      long key = walk.next();
      Host host = view.fleet().hostOf(key);
      if (!host.name().equals(question.host())) {
        return Optional.of(IndexedEndpoint.of(host, CandidateKey.index(key)));
      }
    }
    return Optional.empty();
  }
}
