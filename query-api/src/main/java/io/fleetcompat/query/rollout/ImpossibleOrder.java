package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.RolloutResult.Blocked;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutResult.When;
import io.fleetcompat.query.rollout.WaveTrial.Outcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The proof that there is no order: no host can be the first one, none can be the last one, or some
 * can be emptied at no time. All are told by conditions that hold whatever goes before. One use,
 * one thread.
 */
final class ImpossibleOrder {

  private final IndexedProblem problem;
  private final KeptHosts kept;
  private final Runnable check;

  ImpossibleOrder(IndexedProblem problem, KeptHosts kept, Runnable check) {
    this.problem = problem;
    this.kept = kept;
    this.check = check;
  }

  /**
   * The proof; empty where there is none.
   *
   * @param certain whether it holds whatever becomes known
   */
  Optional<Blocked> proof(boolean certain, Furthest furthest) {
    RolloutState first = new RolloutState(problem);
    List<Integer> left = HostsLeft.of(problem, first);
    return noFirst(first, left)
        .map(blocks -> new Blocked(certain, !certain, List.of(), blocks, When.NEXT))
        .or(() -> noLast(left).map(blocks -> blocked(certain, furthest, blocks, When.LAST)))
        .or(() -> never().map(blocks -> blocked(certain, furthest, blocks, When.ANY_TIME)));
  }

  private static Blocked blocked(
      boolean certain, Furthest furthest, List<Block> blocks, When when) {
    return new Blocked(certain, !certain, furthest.steps(), blocks, when);
  }

  private Optional<List<Block>> never() {
    List<Block> blocks = new RoomElsewhere(problem, kept).blocks();
    return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks);
  }

  private Optional<List<Block>> noFirst(RolloutState first, List<Integer> left) {
    WaveTrial trial = new WaveTrial(problem, kept, check);
    List<Block> blocks = new ArrayList<>();
    for (int host : left) {
      check.run();
      if (!(trial.attempt(first, List.of(host), Preference.CHANGED)
              instanceof Outcome.Not(var block, var certain, _))
          || !certain) {
        return Optional.empty();
      }
      blocks.add(block);
    }
    return Optional.of(blocks);
  }

  private Optional<List<Block>> noLast(List<Integer> left) {
    LastHost last = new LastHost(problem, kept);
    BitSet hosts = new BitSet();
    for (int host : left) {
      check.run();
      if (last.homeless(host).isEmpty()) {
        return Optional.empty();
      }
      hosts.set(host);
    }
    List<Integer> witnesses = last.witnesses();
    List<BitSet> notLast = new ArrayList<>();
    for (int device : witnesses) {
      check.run();
      notLast.add(last.notLast(device, hosts));
    }
    List<Block> blocks = new ArrayList<>();
    for (int chosen : SmallestCover.of(hosts, notLast)) {
      int device = witnesses.get(chosen);
      BitSet proved = notLast.get(chosen);
      for (int host = proved.nextSetBit(0); host >= 0; host = proved.nextSetBit(host + 1)) {
        if (hosts.get(host)) {
          hosts.clear(host);
          blocks.add(block(host, device));
        }
      }
    }
    return Optional.of(blocks);
  }

  private Block block(int host, int device) {
    return new Block(
        host,
        Obstacle.TOO_FEW_KEPT,
        List.of(device),
        problem.profile(problem.profileOfDevice(device)));
  }
}
