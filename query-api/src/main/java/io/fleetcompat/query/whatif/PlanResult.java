package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.judge.Reason;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.query.audit.PoolDifference.Named;
import io.fleetcompat.query.rollout.RolloutResult.Obstacle;
import io.fleetcompat.query.rollout.RolloutResult.When;
import java.util.List;
import java.util.Optional;

/**
 * The order in which hosts can be changed, pool by pool. Pure data.
 *
 * @param selected the hosts that are to be changed: those that are silent, or in no pool, are in no
 *     plan
 */
public record PlanResult(Selected selected, List<PoolPlan> pools) {

  /**
   * The plan for a pool.
   *
   * @param hosts live ones
   * @param toChange how many of them are to be changed
   * @param devices that exist
   * @param belowKeep those that cannot go to as many hosts as are to be kept even now: for them it
   *     is as many as now
   * @param waves as far as the order goes
   * @param blocked why it goes no further; empty where all hosts can be changed
   */
  public record PoolPlan(
      String pool,
      int hosts,
      int toChange,
      int devices,
      Named belowKeep,
      List<Wave> waves,
      Optional<Blocked> blocked) {

    public PoolPlan {
      waves = List.copyOf(waves);
    }

    /** The most hosts that are changed at once. */
    public int atOnce() {
      return waves.stream().mapToInt(wave -> wave.hosts().size()).max().orElse(0);
    }
  }

  /** Hosts that are changed at once, and where their devices go before that. */
  public record Wave(List<String> hosts, List<Move> moves) {

    public Wave {
      hosts = List.copyOf(hosts);
      moves = List.copyOf(moves);
    }
  }

  /**
   * A move.
   *
   * @param device by the name that it has now
   * @param from the host where it is by then
   * @param to an endpoint
   * @param mayBeInUse whether nobody tells whether that is in use
   */
  public record Move(String device, String from, String to, boolean mayBeInUse) {}

  /**
   * The end of an order before all hosts are changed.
   *
   * @param certain whether there is no order at all
   * @param unknown whether there is none as long as nobody knows more
   * @param when the moment that the blocks are about
   * @param left hosts that are not changed
   * @param blocks alike ones together, those of most hosts first
   */
  public record Blocked(
      boolean certain, boolean unknown, When when, Named left, List<Block> blocks) {

    public Blocked {
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * Hosts that cannot be changed, for one reason.
   *
   * @param profile of the devices that keep them
   * @param reasons what keeps these from the like destination that the fewest reasons keep them
   *     from; none where nothing does
   */
  public record Block(
      Obstacle obstacle, Named hosts, Named devices, Fingerprint profile, List<Reason> reasons) {

    public Block {
      reasons = List.copyOf(reasons);
    }
  }
}
