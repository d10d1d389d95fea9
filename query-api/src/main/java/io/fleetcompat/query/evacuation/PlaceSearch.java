package io.fleetcompat.query.evacuation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The search for places for as many devices as possible, where each card takes new devices of one
 * type only: the kernel tells the room of each type as if no other were created (sysfs-bus-vfio,
 * {@code available_instances}), so two types of one card cannot be counted together.
 *
 * <p>Branch and bound over a flow ({@link PlaceFlow}): without the rule of cards a flow gives the
 * greatest number there can be, and where it uses two types of a card, each type of that card is
 * tried alone. It ends when it has found as many as the flow without the rule, when nothing is left
 * to be tried, or at a bound. One use, one thread.
 */
public final class PlaceSearch {

  /** The place of a device that has none. */
  public static final int NOWHERE = -1;

  /** Most flows that one search computes. */
  static final int MAX_FLOWS = 2000;

  private final PlaceProblem problem;
  private final Map<Integer, BitSet> placesOfCard = new HashMap<>();
  private final int atMost;
  private int[] best = {};
  private int bestPlaced = -1;
  private final Runnable check;
  private int flows;

  /**
   * Devices that may go to these places alone, which are not enough for them.
   *
   * @param devices one more than the places have room for
   */
  public record Shortage(BitSet devices, BitSet places) {}

  /**
   * The result of a search.
   *
   * @param chosen the place of each device, or {@link #NOWHERE}
   * @param placed how many have one
   * @param atMost how many could have one if cards took any types together: more is impossible
   * @param exhausted whether more than placed is known to be impossible with one type for each card
   * @param shortage the devices that compete, and for which places; empty where every device could
   *     have a place but for the rule of cards
   * @param flows how many flows were computed
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed
  public record Result(
      int[] chosen,
      int placed,
      int atMost,
      boolean exhausted,
      Optional<Shortage> shortage,
      int flows) {}

  private PlaceSearch(PlaceProblem problem, PlaceFlow root, Runnable check) {
    this.problem = problem;
    this.check = check;
    this.atMost = root.placed();
    for (int place = 0; place < problem.places().size(); place++) {
      placesOfCard
          .computeIfAbsent(problem.places().get(place).card(), _ -> new BitSet())
          .set(place);
    }
  }

  /**
   * Searches.
   *
   * @param check asked now and then: it throws where time is up
   */
  public static Result of(PlaceProblem problem, Runnable check) {
    return search(problem, false, check);
  }

  /**
   * Searches for places for all devices. Where there are none, it does not look for as many places
   * as possible, and exhausted means that there are none for all.
   *
   * @param check asked now and then: it throws where time is up
   */
  public static Result ofAll(PlaceProblem problem, Runnable check) {
    return search(problem, true, check);
  }

  private static Result search(PlaceProblem problem, boolean all, Runnable check) {
    PlaceFlow root = PlaceFlow.of(problem, new BitSet(), check);
    PlaceSearch search = new PlaceSearch(problem, root, check);
    search.flows = 1;
    boolean none = all && search.isNoneForAll(root);
    if (none) {
      search.keep(root, search.sharedCard(root).orElseGet(BitSet::new));
    } else {
      search.branch(root, new BitSet());
    }
    return new Result(
        search.best,
        search.bestPlaced,
        search.atMost,
        none || search.bestPlaced == search.atMost || search.flows < MAX_FLOWS,
        root.shortage(),
        search.flows);
  }

  private boolean isNoneForAll(PlaceFlow root) {
    return atMost < problem.devices()
        || (sharedCard(root).isPresent()
            && CardDecision.of(problem) == CardDecision.Answer.IMPOSSIBLE);
  }

  private boolean isOver() {
    return bestPlaced == atMost || flows >= MAX_FLOWS;
  }

  private void branch(PlaceFlow flow, BitSet forbidden) {
    if (flow.placed() <= bestPlaced) {
      return;
    }
    Optional<BitSet> shared = sharedCard(flow);
    if (shared.isEmpty()) {
      best = flow.chosen();
      bestPlaced = flow.placed();
      return;
    }
    keep(flow, shared.get());
    for (int place : mostUsedFirst(flow, shared.get())) {
      if (isOver()) {
        return;
      }
      BitSet more = (BitSet) forbidden.clone();
      more.or(shared.get());
      more.clear(place);
      flows++;
      branch(PlaceFlow.of(problem, more, check), more);
    }
  }

  /** A first answer, so that there is one at the bound: the devices that break the rule stay. */
  private void keep(PlaceFlow flow, BitSet shared) {
    int[] some = flow.chosen();
    Map<Integer, Integer> placeOfCard = new HashMap<>();
    mostUsedFirst(flow, shared)
        .forEach(place -> placeOfCard.putIfAbsent(problem.places().get(place).card(), place));
    int placed = 0;
    for (int device = 0; device < some.length; device++) {
      int place = some[device];
      if (place != NOWHERE) {
        int card = problem.places().get(place).card();
        if (placeOfCard.computeIfAbsent(card, _ -> place) == place) {
          placed++;
        } else {
          some[device] = NOWHERE;
        }
      }
    }
    if (placed > bestPlaced) {
      best = some;
      bestPlaced = placed;
    }
  }

  /** The places of a card of which more than one is used; empty where there is none such. */
  private Optional<BitSet> sharedCard(PlaceFlow flow) {
    BitSet used = flow.used();
    return used.stream()
        .mapToObj(place -> placesOfCard.get(problem.places().get(place).card()))
        .filter(places -> cardinalityOfBoth(places, used) > 1)
        .findFirst();
  }

  private static int cardinalityOfBoth(BitSet a, BitSet b) {
    BitSet both = (BitSet) a.clone();
    both.and(b);
    return both.cardinality();
  }

  private static List<Integer> mostUsedFirst(PlaceFlow flow, BitSet places) {
    Map<Integer, Integer> uses = new HashMap<>();
    for (int place : flow.chosen()) {
      uses.merge(place, 1, Integer::sum);
    }
    List<Integer> sorted = new ArrayList<>(places.stream().boxed().toList());
    sorted.sort(
        Comparator.comparingInt((Integer place) -> -uses.getOrDefault(place, 0))
            .thenComparing(Comparator.naturalOrder()));
    return sorted;
  }
}
