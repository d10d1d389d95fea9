package io.fleetcompat.query.rollout;

import io.fleetcompat.query.evacuation.PlaceSearch;
import io.fleetcompat.query.rollout.KeptHosts.Lost;
import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutStep.Move;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trial to empty some hosts together and to change them: their devices take the cheapest places
 * that are left; where that does not do for a single host, a flow of least cost decides ({@link
 * PlaceSearch}). One thread.
 */
final class WaveTrial {

  /** Most devices that are named for one block. */
  static final int MOST_NAMED = 20;

  private static final int NONE = RolloutProblem.NONE;

  private final IndexedProblem problem;
  private final KeptHosts kept;
  private final PlaceChoice placing;

  /** The outcome of a trial. */
  sealed interface Outcome {

    /** They are empty and changed. */
    record Done(RolloutStep step) implements Outcome {}

    /**
     * Nothing is done.
     *
     * @param certain whether no choice of places would help, even if cards took several types
     * @param alike whether no choice of places would help, so that none does for an alike host
     */
    record Not(Block block, boolean certain, boolean alike) implements Outcome {

      Not(Block block, boolean certain) {
        this(block, certain, certain);
      }
    }
  }

  /** All that the places of a device depend on. */
  private record Wanted(int profile, int required) {}

  /**
   * @param check asked now and then: it throws where time is up
   */
  WaveTrial(IndexedProblem problem, KeptHosts kept, Runnable check) {
    this.problem = problem;
    this.kept = kept;
    this.placing = new PlaceChoice(problem, check);
  }

  /** Tells what became of it, and leaves the state as it was. */
  Outcome attempt(RolloutState state, List<Integer> hosts, Preference preference) {
    int mark = state.mark();
    Outcome outcome = of(state, hosts, preference);
    state.undo(mark);
    return outcome;
  }

  /** Empties hosts together, and changes them; where it cannot, the state is as it was. */
  Outcome of(RolloutState state, List<Integer> hosts, Preference preference) {
    BitSet set = new BitSet();
    hosts.forEach(set::set);
    OutHosts out = new OutHosts(problem, state, set);
    Optional<Lost> others = kept.lost(state, out, hosts.getFirst());
    if (others.isPresent()) {
      return new Outcome.Not(others.get().block(), others.get().certain());
    }
    int[] leaving = state.devices(set);
    List<OpenPlaces> choices = choices(state, out, leaving, preference);
    for (int i = 0; i < leaving.length; i++) {
      if (choices.get(i).get() == NONE) {
        return new Outcome.Not(
            block(state.host(leaving[i]), choices.get(i).obstacle(), List.of(leaving[i]), state),
            true);
      }
    }
    int[] places = placing.firstFit(state, choices);
    if (leaving.length > 0 && places[leaving.length - 1] == NONE) {
      if (hosts.size() > 1) {
        return new Outcome.Not(
            block(hosts.getFirst(), Obstacle.COMPETES, List.of(leaving[0]), state), false);
      }
      PlaceChoice.Searched found = placing.search(choices(state, out, leaving, preference));
      if (found.result().placed() < leaving.length) {
        return new Outcome.Not(
            block(hosts.getFirst(), Obstacle.COMPETES, competing(found.result(), leaving), state),
            found.result().atMost() < leaving.length,
            found.result().exhausted());
      }
      places = Arrays.stream(found.result().chosen()).map(found.places()::get).toArray();
    }
    return changed(state, hosts, out, leaving, places);
  }

  private Outcome changed(
      RolloutState state, List<Integer> hosts, OutHosts out, int[] leaving, int[] places) {
    int mark = state.mark();
    List<Move> moves = new ArrayList<>();
    for (int i = 0; i < leaving.length; i++) {
      int to = problem.hostOfPlace(places[i]);
      moves.add(
          new Move(
              leaving[i],
              state.host(leaving[i]),
              problem.profile(state.profile(leaving[i])),
              to,
              places[i] - problem.firstPlace(to),
              state.mayBeInUse(places[i])));
      state.move(leaving[i], places[i]);
      kept.note(leaving[i], state.profile(leaving[i]));
    }
    Optional<Lost> after =
        kept.lost(state, new OutHosts(problem, state, out.hosts()), hosts.getFirst());
    if (after.isPresent()) {
      state.undo(mark);
      return new Outcome.Not(after.get().block(), false);
    }
    hosts.forEach(state::change);
    return new Outcome.Done(new RolloutStep(hosts, moves));
  }

  private List<OpenPlaces> choices(
      RolloutState state, OutHosts out, int[] leaving, Preference preference) {
    Map<Wanted, OpenPlaces> known = new HashMap<>();
    List<OpenPlaces> choices = new ArrayList<>(leaving.length);
    for (int device : leaving) {
      choices.add(
          known.computeIfAbsent(
              new Wanted(state.profile(device), kept.required(device)),
              each ->
                  new OpenPlaces(
                      problem, state, out, preference, each.profile(), each.required())));
    }
    return choices;
  }

  /** The causes that keep a host, by devices. */
  private Block block(int host, Obstacle obstacle, List<Integer> devices, RolloutState state) {
    return new Block(host, obstacle, devices, problem.profile(state.profile(devices.getFirst())));
  }

  private static List<Integer> competing(PlaceSearch.Result found, int[] leaving) {
    List<Integer> devices = new ArrayList<>();
    found
        .shortage()
        .ifPresent(
            shortage ->
                shortage.devices().stream().forEach(device -> devices.add(leaving[device])));
    for (int i = 0; devices.isEmpty() && i < leaving.length; i++) {
      if (found.chosen()[i] == PlaceSearch.NOWHERE) {
        devices.add(leaving[i]);
      }
    }
    return devices.stream().limit(MOST_NAMED).toList();
  }
}
