package io.fleetcompat.query.whatif;

import static java.util.Comparator.comparingInt;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Likeness;
import io.fleetcompat.query.lookup.IndexedEndpoint;
import io.fleetcompat.query.lookup.PoolPairs;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.ProfileEntry;
import io.fleetcompat.query.rollout.RolloutProblem;
import io.fleetcompat.query.rollout.RolloutProblem.Place;
import io.fleetcompat.query.rollout.RolloutProblem.Stop;
import io.fleetcompat.query.rollout.RolloutResult;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.whatif.PlanResult.Block;
import io.fleetcompat.query.whatif.PlanResult.Blocked;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The end of an order before all hosts are changed, with names and reasons. */
final class BlockedPlan {

  private BlockedPlan() {}

  /** Hosts that the same profile keeps for the same reason are told together. */
  private record Alike(Obstacle obstacle, int profile) {}

  static Blocked of(
      RolloutResult.Blocked found,
      RolloutProblem problem,
      PoolRollout rollout,
      PoolPairs pairs,
      IndexView view) {
    Map<Alike, List<RolloutResult.Block>> alike = new LinkedHashMap<>();
    found
        .blocks()
        .forEach(
            block ->
                alike
                    .computeIfAbsent(
                        new Alike(block.obstacle(), block.profile()), _ -> new ArrayList<>())
                    .add(block));
    List<Block> blocks = new ArrayList<>();
    alike.forEach(
        (key, of) ->
            blocks.add(
                new Block(
                    key.obstacle(),
                    Selected.named(names(of, rollout)),
                    Selected.named(devices(of, rollout)),
                    view.matrix().fingerprint(key.profile()),
                    reasons(key.profile(), problem, pairs, view))));
    blocks.sort(comparingInt((Block block) -> -block.hosts().total()));
    Set<Integer> done = new HashSet<>();
    found.steps().forEach(step -> done.addAll(step.hosts()));
    List<String> left = new ArrayList<>();
    for (int host = 0; host < problem.hosts().size(); host++) {
      if (problem.hosts().get(host).changes() && !done.contains(host)) {
        left.add(rollout.hosts().get(host).name());
      }
    }
    return new Blocked(
        found.certain(), found.unknown(), found.when(), Selected.named(left), blocks);
  }

  private static List<String> names(List<RolloutResult.Block> blocks, PoolRollout rollout) {
    return blocks.stream().map(block -> rollout.hosts().get(block.host()).name()).sorted().toList();
  }

  private static List<String> devices(List<RolloutResult.Block> blocks, PoolRollout rollout) {
    return blocks.stream()
        .flatMap(block -> block.devices().stream())
        .distinct()
        .map(device -> rollout.devices().get(device))
        .map(IndexedEndpoint::reference)
        .sorted()
        .toList();
  }

  /**
   * The reasons that keep a profile from the like place, as it is or will be, that fewest reasons
   * keep.
   */
  private static List<Reason> reasons(
      int profile, RolloutProblem problem, PoolPairs pairs, IndexView view) {
    Set<Integer> places = new TreeSet<>();
    for (Stop host : problem.hosts()) {
      for (Place place : host.places()) {
        places.add(place.before());
        places.add(place.after());
      }
    }
    Likeness like = likeness(view, profile);
    return places.stream()
        .filter(place -> !pairs.isCompatible(profile, place))
        .filter(place -> like.isLike(likeness(view, place)))
        .map(place -> pairs.verdict(profile, place).reasons())
        .min(comparingInt(List::size))
        .orElse(List.of());
  }

  private static Likeness likeness(IndexView view, int slot) {
    ProfileEntry entry = view.matrix().profile(slot);
    return entry == null ? Likeness.NONE : Likeness.of(entry.profile());
  }
}
