package io.fleetcompat.cli.execute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fleetcompat.cli.execute.PlannedWaves.Wave;
import io.fleetcompat.cli.output.CommandFailure;
import io.fleetcompat.simulation.PlayedFleet;
import io.fleetcompat.simulation.SimulatedHosts;
import io.fleetcompat.simulation.SimulatedHosts.Move;
import io.fleetcompat.simulation.UnplayableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan that is played on the trees of a simulated fleet. All of it is tried on the hosts as
 * values first: what cannot be played is refused before anything is touched. Then, wave by wave,
 * devices move and hosts change, and after each of these the index must show it and the pool be as
 * healthy as the plan says. One use, one thread.
 */
public final class PlanExecution {

  private final Index index;
  private final PlayedFleet fleet;
  private final PlayableChange change;
  private final int keep;
  private final Patience patience;
  private final PrintWriter out;

  /** The hosts of the fleet after the moves of a wave, and after its change. */
  record Played(SimulatedHosts moved, SimulatedHosts changed) {}

  /**
   * @param change as the plan was asked for
   * @param keep how many other hosts with room each device must have
   * @param patience the longest time until the index shows what was done
   * @throws CommandFailure where no simulated tree can show the change
   */
  public PlanExecution(
      Index index,
      PlayedFleet fleet,
      ObjectNode change,
      int keep,
      Duration patience,
      PrintWriter out) {
    this.index = index;
    this.fleet = fleet;
    this.change = PlayableChange.of(change);
    this.keep = keep;
    this.patience = new Patience(patience);
    this.out = out;
  }

  /**
   * Plays a plan in which all hosts change.
   *
   * @throws CommandFailure where it cannot be played, or the index differs from the plan
   * @throws IOException where the trees cannot be written
   */
  public void run(JsonNode plan) throws IOException {
    if (plan.path("silent").asInt() > 0 || plan.path("withoutPool").asInt() > 0) {
      throw refused("expected hosts that are live and in a pool, found others in the selection");
    }
    List<PlannedWaves> pools = PlannedWaves.of(plan);
    List<List<Played>> played = new ArrayList<>();
    SimulatedHosts then = fleet.now();
    for (PlannedWaves pool : pools) {
      List<Played> ofPool = tried(pool, then);
      then = ofPool.isEmpty() ? then : ofPool.getLast().changed();
      played.add(ofPool);
    }
    for (int i = 0; i < pools.size(); i++) {
      new PoolExecution(index, fleet, change, keep, patience, pools.get(i), out)
          .play(played.get(i));
    }
  }

  static CommandFailure refused(String why) {
    return CommandFailure.failed("--execute: " + why + "; nothing was touched");
  }

  private List<Played> tried(PlannedWaves pool, SimulatedHosts first) {
    List<Played> played = new ArrayList<>();
    SimulatedHosts now = first;
    int number = 0;
    for (Wave wave : pool.waves()) {
      number++;
      try {
        SimulatedHosts moved = now;
        for (Move move : wave.moves()) {
          moved = moved.move(move);
        }
        now = moved;
        for (String host : wave.hosts()) {
          now = now.change(host, change.software());
        }
        played.add(new Played(moved, now));
      } catch (UnplayableException e) {
        throw refused("wave %d of %s: %s".formatted(number, pool.pool(), e.getMessage()));
      }
    }
    return played;
  }
}
