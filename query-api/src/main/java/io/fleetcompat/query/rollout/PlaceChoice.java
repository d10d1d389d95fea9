package io.fleetcompat.query.rollout;

import io.fleetcompat.query.evacuation.PlaceProblem;
import io.fleetcompat.query.evacuation.PlaceProblem.Wish;
import io.fleetcompat.query.evacuation.PlaceSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The choice of places for devices that leave together, on cards that each take devices of one type
 * only: the first that fit, device by device, or by a search that finds places wherever there are
 * some. One thread.
 */
final class PlaceChoice {

  private static final int NONE = RolloutProblem.NONE;

  /** The cost of a place of an even group beside one of an odd one, and of the last two groups. */
  private static final long COST_OF_ODD = 1L << 30;

  private static final long COST_OF_LAST = 1L << 50;

  private final IndexedProblem problem;
  private final Runnable check;

  /** The devices of this trial at each place, and the place of each card that has taken one. */
  private final int[] taken;

  private final int[] placeOfCard;

  /**
   * @param check asked now and then: it throws where time is up
   */
  PlaceChoice(IndexedProblem problem, Runnable check) {
    this.problem = problem;
    this.check = check;
    taken = new int[problem.places()];
    placeOfCard = new int[problem.cards()];
    Arrays.fill(placeOfCard, NONE);
  }

  /**
   * The place of each device, the cheapest that is left; where one finds none, its place is {@link
   * RolloutProblem#NONE}, and so are those of all after it. Quick, and often enough: there may be
   * places for all even then.
   *
   * @param choices of each device; those of devices that may take the same are one object
   */
  int[] firstFit(RolloutState state, List<OpenPlaces> choices) {
    int[] chosen = new int[choices.size()];
    Arrays.fill(chosen, NONE);
    int done = 0;
    while (done < chosen.length) {
      int place = next(state, choices.get(done));
      if (place == NONE) {
        break;
      }
      taken[place]++;
      placeOfCard[problem.card(place)] = place;
      chosen[done++] = place;
    }
    for (int i = 0; i < done; i++) {
      taken[chosen[i]] = 0;
      placeOfCard[problem.card(chosen[i])] = NONE;
    }
    return chosen;
  }

  /** The first place that is left; what is full stays so. */
  private int next(RolloutState state, OpenPlaces choice) {
    int place = choice.get();
    while (place != NONE) {
      int ofCard = placeOfCard[problem.card(place)];
      if (state.room(place) > taken[place] && (ofCard == NONE || ofCard == place)) {
        return place;
      }
      choice.skip();
      place = choice.get();
    }
    return NONE;
  }

  /**
   * A result of a search.
   *
   * @param places by which the search numbers them
   */
  record Searched(PlaceSearch.Result result, List<Integer> places) {}

  /**
   * Searches for places for all. Of the places of a device, the cheapest on as many cards as there
   * are devices are enough: the others take one card each at most, so one of these is free.
   *
   * @param choices of each device, of which nothing was left out; those of devices that may take
   *     the same are one object
   */
  Searched search(List<OpenPlaces> choices) {
    List<Integer> places = new ArrayList<>();
    List<PlaceProblem.Place> of = new ArrayList<>();
    Map<Integer, Integer> numbers = new HashMap<>();
    Map<Integer, Integer> cards = new HashMap<>();
    Map<OpenPlaces, List<Wish>> known = new HashMap<>();
    List<List<Wish>> wanted = new ArrayList<>();
    for (OpenPlaces choice : choices) {
      List<Wish> wishes = known.get(choice);
      if (wishes == null) {
        wishes = new ArrayList<>();
        known.put(choice, wishes);
        Set<Integer> seen = new HashSet<>();
        for (int place = choice.get(); place != NONE; place = choice.get()) {
          int card = problem.card(place);
          if (!seen.contains(card) && seen.size() == choices.size()) {
            break;
          }
          seen.add(card);
          int room = choice.room();
          int number =
              numbers.computeIfAbsent(
                  place,
                  each -> {
                    places.add(each);
                    of.add(
                        new PlaceProblem.Place(
                            room, cards.computeIfAbsent(card, _ -> cards.size())));
                    return places.size() - 1;
                  });
          wishes.add(new Wish(number, cost(place, choice.group())));
          choice.skip();
        }
      }
      wanted.add(wishes);
    }
    return new Searched(PlaceSearch.ofAll(new PlaceProblem(of, wanted), check), places);
  }

  private static long cost(int place, int group) {
    return place + (group % 2) * COST_OF_ODD + (group / 2) * COST_OF_LAST;
  }
}
