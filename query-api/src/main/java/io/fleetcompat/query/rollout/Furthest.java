package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import java.util.List;

/** The order that has led furthest so far, and what kept each host there. One thread. */
final class Furthest {

  private List<RolloutStep> steps = List.of();
  private List<Block> blocks = List.of();
  private int hosts = -1;

  /** Notes an order that goes no further. */
  void note(List<RolloutStep> ended, List<Block> kept) {
    int count = ended.stream().mapToInt(step -> step.hosts().size()).sum();
    if (count > hosts) {
      hosts = count;
      steps = List.copyOf(ended);
      blocks = List.copyOf(kept);
    }
  }

  List<RolloutStep> steps() {
    return steps;
  }

  List<Block> blocks() {
    return blocks;
  }
}
