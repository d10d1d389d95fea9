package io.fleetcompat.query.lookup;

import io.fleetcompat.query.evacuation.PlaceProblem;
import io.fleetcompat.query.evacuation.PlaceProblem.Place;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.evacuation.PlaceSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The search for places on one host that certainly take all devices of a machine: each card takes
 * devices of one type of one parent, and nothing is taken of which nobody knows whether it has
 * room. Of alike types of one card only the one with most room is a place, since one of them is all
 * that the card takes. One use, one thread.
 */
final class CertainFit {

  private final SharedRoom room;
  private final Map<Like, Integer> roomiest = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final List<Integer> endpointOf = new ArrayList<>();
  private final Map<Integer, Integer> placeOf = new HashMap<>();
  private final Map<String, Integer> cards = new HashMap<>();
  private final PlaceProblem problem;

  /** All that endpoints are alike in which stand for each other. */
  private record Like(String card, int slot) {}

  /**
   * @param wishes for each device the endpoints with room that it may take, best first
   */
  CertainFit(SharedRoom room, List<int[]> wishes) {
    this.room = room;
    IdentityHashMap<int[], List<Wish>> known = new IdentityHashMap<>();
    wishes.forEach(those -> known.computeIfAbsent(those, this::learn));
    known.replaceAll((those, _) -> wishes(those));
    this.problem = new PlaceProblem(places, wishes.stream().map(known::get).toList());
  }

  private List<Wish> learn(int[] those) {
    for (int endpoint : those) {
      if (room.doubt(endpoint).isEmpty()) {
        roomiest.merge(like(endpoint), endpoint, (a, b) -> room.of(b) > room.of(a) ? b : a);
      }
    }
    return List.of();
  }

  private Like like(int endpoint) {
    return new Like(room.card(endpoint), room.slot(endpoint));
  }

  private List<Wish> wishes(int[] those) {
    List<Wish> wishes = new ArrayList<>();
    Set<Integer> wished = new HashSet<>();
    for (int endpoint : those) {
      Integer best = room.doubt(endpoint).isPresent() ? null : roomiest.get(like(endpoint));
      if (best != null && wished.add(best)) {
        wishes.add(new Wish(placeOf.computeIfAbsent(best, this::add), wishes.size()));
      }
    }
    return wishes;
  }

  private int add(int endpoint) {
    int card = cards.computeIfAbsent(room.card(endpoint), _ -> cards.size());
    places.add(new Place(room.of(endpoint), card));
    endpointOf.add(endpoint);
    return places.size() - 1;
  }

  /**
   * Searches.
   *
   * @param check asked now and then: it throws where time is up
   */
  PlaceSearch.Result search(Runnable check) {
    return PlaceSearch.ofAll(problem, check);
  }

  /** The endpoints of a result that has a place for every device. */
  int[] chosen(PlaceSearch.Result found) {
    return Arrays.stream(found.chosen()).map(endpointOf::get).toArray();
  }
}
