package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.WaveTrial.Outcome;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The hosts that are alike at one moment of a roll-out: they have like devices, and like places
 * with as much room. What certainly keeps one of them from being emptied keeps each, so one is
 * tried. Of no use once the state is another. One thread.
 */
final class AlikeHosts {

  private final IndexedProblem problem;
  private final KeptHosts required;
  private final RolloutState state;
  private final Map<IntBuffer, Tried> tried = new HashMap<>();

  /**
   * A host that was tried, and either could be emptied or is certainly kept.
   *
   * @param devices in an order in which those of alike hosts are alike
   * @param block what keeps it; empty where nothing does
   */
  private record Tried(List<Integer> devices, Optional<Block> block) {}

  AlikeHosts(IndexedProblem problem, KeptHosts required, RolloutState state) {
    this.problem = problem;
    this.required = required;
    this.state = state;
  }

  /**
   * The cause that keeps a host; empty where nothing does.
   *
   * @param trial tries a host, where that was not told by a like one
   */
  Optional<Block> block(int host, IntFunction<Outcome> trial) {
    List<Integer> devices = devices(host);
    IntBuffer key = key(host, devices);
    Tried first = tried.get(key);
    if (first != null) {
      return first.block.map(block -> at(host, devices, block, first.devices));
    }
    return switch (trial.apply(host)) {
      case Outcome.Done _ -> {
        tried.put(key, new Tried(devices, Optional.empty()));
        yield Optional.empty();
      }
      case Outcome.Not(Block block, boolean _, boolean alike) -> {
        if (alike) {
          tried.put(key, new Tried(devices, Optional.of(block)));
        }
        yield Optional.of(block);
      }
    };
  }

  private List<Integer> devices(int host) {
    BitSet only = new BitSet();
    only.set(host);
    return IntStream.of(state.devices(only))
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(state::profile).thenComparingInt(required::required))
        .toList();
  }

  private IntBuffer key(int host, List<Integer> devices) {
    IntStream.Builder key = IntStream.builder().add(devices.size());
    for (int device : devices) {
      key.add(state.profile(device)).add(required.required(device));
    }
    int first = problem.firstPlace(host);
    int end = problem.endOfPlaces(host);
    for (int place = first; place < end; place++) {
      key.add(state.placeProfile(place))
          .add(state.instance(place))
          .add(state.room(place))
          .add(state.mayBeInUse(place) ? 1 : 0)
          .add(problem.card(place) - problem.card(first));
    }
    return IntBuffer.wrap(key.build().toArray());
  }

  /** The same as if both hosts had changed places. */
  private static Block at(int host, List<Integer> devices, Block block, List<Integer> like) {
    List<Integer> named = new ArrayList<>();
    for (int device : block.devices()) {
      int there = like.indexOf(device);
      int here = devices.indexOf(device);
      named.add(there >= 0 ? devices.get(there) : here >= 0 ? like.get(here) : device);
    }
    return new Block(host, block.obstacle(), named, block.profile());
  }
}
