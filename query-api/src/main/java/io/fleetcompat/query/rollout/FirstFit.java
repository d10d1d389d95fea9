package io.fleetcompat.query.rollout;

import io.fleetcompat.query.evacuation.PlaceProblem;
import io.fleetcompat.query.evacuation.PlaceProblem.Place;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first places that fit: device by device the cheapest one that is left, on a card that has
 * taken no other. Quick, and often enough; where it finds none, there may be one.
 */
final class FirstFit {

  private static final int[] NONE = {};

  private FirstFit() {}

  /** The place of each device; of no device where one of them finds none. */
  static int[] of(PlaceProblem problem) {
    List<List<Wish>> devices = problem.wishesByDevice();
    int[] chosen = new int[devices.size()];
    int[] room = problem.places().stream().mapToInt(Place::room).toArray();
    Map<Integer, Integer> placeOfCard = new HashMap<>();
    IdentityHashMap<List<Wish>, Choice> choices = new IdentityHashMap<>();
    for (int device = 0; device < chosen.length; device++) {
      Choice choice = choices.computeIfAbsent(devices.get(device), FirstFit::choice);
      int place = choice.next(problem.places(), room, placeOfCard);
      if (place < 0) {
        return NONE;
      }
      room[place]--;
      placeOfCard.put(problem.places().get(place).card(), place);
      chosen[device] = place;
    }
    return chosen;
  }

  private static Choice choice(List<Wish> wishes) {
    return new Choice(
        wishes.stream()
            .sorted(Comparator.comparingLong(Wish::cost))
            .mapToInt(Wish::place)
            .toArray());
  }

  /** The places of devices that wish the same, cheapest first. */
  private static final class Choice {
    private final int[] places;
    private int from;

    Choice(int[] places) {
      this.places = places;
    }

    /** The first place that is left; negative where there is none. What is full stays so. */
    int next(List<Place> all, int[] room, Map<Integer, Integer> placeOfCard) {
      while (from < places.length) {
        int place = places[from];
        if (room[place] > 0 && placeOfCard.getOrDefault(all.get(place).card(), place) == place) {
          return place;
        }
        from++;
      }
      return -1;
    }
  }
}
