package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
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
 * with as much room. What keeps one of them from being emptied keeps each, so one is tried. Of no
 * use once the state is another. One thread.
 */
final class AlikeHosts {

  private final IndexedProblem problem;
  private final KeptHosts kept;
  private final RolloutState state;
  private final Map<IntBuffer, Tried> tried = new HashMap<>();

  /**
   * A host that was tried.
   *
   * @param devices in an order in which those of alike hosts are alike
   * @param block what keeps it; empty where nothing does
   */
  private record Tried(List<Integer> devices, Optional<Block> block) {}

  AlikeHosts(IndexedProblem problem, KeptHosts kept, RolloutState state) {
    this.problem = problem;
    this.kept = kept;
    this.state = state;
  }

  /**
   * The cause that keeps a host; empty where nothing does.
   *
   * @param trial tries a host of which no like one was tried
   */
  Optional<Block> block(int host, IntFunction<Optional<Block>> trial) {
    List<Integer> devices = devices(host);
    IntBuffer key = key(host, devices);
    Tried first = tried.get(key);
    if (first == null) {
      Optional<Block> block = trial.apply(host);
      tried.put(key, new Tried(devices, block));
      return block;
    }
    return first.block.map(block -> at(host, devices, block, first.devices));
  }

  private List<Integer> devices(int host) {
    BitSet only = new BitSet();
    only.set(host);
    return IntStream.of(state.devices(only))
        .boxed()
        .sorted(Comparator.<Integer>comparingInt(state::profile).thenComparingInt(kept::required))
        .toList();
  }

  private IntBuffer key(int host, List<Integer> devices) {
    IntStream.Builder key = IntStream.builder().add(devices.size());
    for (int device : devices) {
      key.add(state.profile(device)).add(kept.required(device));
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

  /** The same about the like devices of another host. */
  private static Block at(int host, List<Integer> devices, Block block, List<Integer> like) {
    List<Integer> named = new ArrayList<>();
    for (int device : block.devices()) {
      int index = like.indexOf(device);
      named.add(index < 0 ? device : devices.get(index));
    }
    return new Block(host, block.obstacle(), named, block.profile());
  }
}
