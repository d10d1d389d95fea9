package io.fleetcompat.query.evacuation;

import io.fleetcompat.query.evacuation.PlaceSearch.Shortage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Places for as many devices as possible, the cheapest for those that get one: a flow of least
 * cost, by shortest augmenting paths. It knows nothing of cards. One use, one thread.
 *
 * <p>Where a device gets none, the devices and places that its search reached are the proof: these
 * devices may go to these places and to no others, and the places have room for one fewer.
 */
final class PlaceFlow {

  private final PlaceProblem problem;
  private final BitSet forbidden;
  private final int[] chosen;
  private final List<List<Integer>> takers = new ArrayList<>();
  private final List<Shortage> shortages = new ArrayList<>();

  private PlaceFlow(PlaceProblem problem, BitSet forbidden) {
    this.problem = problem;
    this.forbidden = forbidden;
    this.chosen = new int[problem.devices()];
    Arrays.fill(chosen, PlaceSearch.NOWHERE);
    for (int i = 0; i < problem.places().size(); i++) {
      takers.add(new ArrayList<>());
    }
  }

  /**
   * @param forbidden places that nobody may take
   * @param check asked for each device: it throws where time is up
   */
  static PlaceFlow of(PlaceProblem problem, BitSet forbidden, Runnable check) {
    PlaceFlow flow = new PlaceFlow(problem, forbidden);
    for (int device = 0; device < problem.devices(); device++) {
      check.run();
      flow.add(device);
    }
    return flow;
  }

  /** The place of each device, or {@link PlaceSearch#NOWHERE}. */
  int[] chosen() {
    return chosen.clone();
  }

  int placed() {
    return (int) Arrays.stream(chosen).filter(place -> place != PlaceSearch.NOWHERE).count();
  }

  /** The places that some device has. */
  BitSet used() {
    BitSet used = new BitSet();
    Arrays.stream(chosen).filter(place -> place != PlaceSearch.NOWHERE).forEach(used::set);
    return used;
  }

  /** The smallest shortage that was met; empty where every device has a place. */
  Optional<Shortage> shortage() {
    return shortages.stream()
        .min(Comparator.comparingInt(shortage -> shortage.devices().cardinality()));
  }

  /** The shortest ways from one device that has no place, over devices that could go elsewhere. */
  private final class Ways {
    private final long[] costOfPlace = new long[problem.places().size()];
    private final int[] deviceBefore = new int[problem.places().size()];
    private final BitSet reachedDevices = new BitSet();

    Ways(int device) {
      Arrays.fill(costOfPlace, Long.MAX_VALUE);
      Deque<Integer> waiting = new ArrayDeque<>();
      BitSet queued = new BitSet();
      reachedDevices.set(device);
      relax(device, 0, waiting, queued);
      while (!waiting.isEmpty()) {
        int place = waiting.remove();
        queued.clear(place);
        for (int taker : takers.get(place)) {
          reachedDevices.set(taker);
          relax(taker, costOfPlace[place] - problem.cost(taker, place), waiting, queued);
        }
      }
    }

    private void relax(int device, long cost, Deque<Integer> waiting, BitSet queued) {
      for (PlaceProblem.Wish wish : problem.wishes(device)) {
        int place = wish.place();
        if (!forbidden.get(place)
            && place != chosen[device]
            && cost + wish.cost() < costOfPlace[place]) {
          costOfPlace[place] = cost + wish.cost();
          deviceBefore[place] = device;
          if (!queued.get(place)) {
            queued.set(place);
            waiting.add(place);
          }
        }
      }
    }

    /** The cheapest place with room; {@link PlaceSearch#NOWHERE} where there is none. */
    int end() {
      int end = PlaceSearch.NOWHERE;
      for (int place = 0; place < costOfPlace.length; place++) {
        boolean hasRoom =
            costOfPlace[place] != Long.MAX_VALUE
                && takers.get(place).size() < problem.places().get(place).room();
        if (hasRoom && (end == PlaceSearch.NOWHERE || costOfPlace[place] < costOfPlace[end])) {
          end = place;
        }
      }
      return end;
    }

    BitSet reachedPlaces() {
      BitSet reached = new BitSet();
      for (int place = 0; place < costOfPlace.length; place++) {
        reached.set(place, costOfPlace[place] != Long.MAX_VALUE);
      }
      return reached;
    }
  }

  private void add(int device) {
    Ways ways = new Ways(device);
    int place = ways.end();
    if (place == PlaceSearch.NOWHERE) {
      shortages.add(new Shortage(ways.reachedDevices, ways.reachedPlaces()));
      return;
    }
    while (place != PlaceSearch.NOWHERE) {
      int taker = ways.deviceBefore[place];
      int left = chosen[taker];
      takers.get(place).add(taker);
      chosen[taker] = place;
      if (left != PlaceSearch.NOWHERE) {
        takers.get(left).remove((Integer) taker);
      }
      place = left;
    }
  }
}
