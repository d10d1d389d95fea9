package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.WaveTrial.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The search that tries one host at a time in every order, each with four choices of places and
 * each state once, up to a bound. One use, one thread.
 */
final class OneByOneSearch {

  /** Most states that are looked at. */
  static final int MAX_STATES = 2000;

  /**
   * Most work of looking at states: a trial is as much as the pool has hosts and devices, so that
   * large pools have fewer trials and the answer comes in time all the same.
   */
  static final long MAX_WORK = 2_000_000;

  private final IndexedProblem problem;
  private final WaveTrial trial;
  private final Runnable check;
  private final Furthest furthest;
  private final Set<String> seen = new HashSet<>();
  private int states;
  private long work;

  /**
   * @param furthest gets each order that goes no further
   */
  OneByOneSearch(IndexedProblem problem, WaveTrial trial, Runnable check, Furthest furthest) {
    this.problem = problem;
    this.trial = trial;
    this.check = check;
    this.furthest = furthest;
  }

  /**
   * True where an order was found.
   *
   * @param state is as it was where none was
   * @param steps gets the order
   */
  boolean search(RolloutState state, List<RolloutStep> steps) {
    List<Integer> left = HostsLeft.of(problem, state);
    if (left.isEmpty()) {
      return true;
    }
    if (isSpent() || !seen.add(state.key())) {
      return false;
    }
    states++;
    List<Block> kept = new ArrayList<>();
    boolean any = false;
    for (int host : left) {
      for (Preference preference : Preference.values()) {
        check.run();
        if (isSpent()) {
          return false;
        }
        work += problem.hosts() + problem.devices();
        int mark = state.mark();
        switch (trial.of(state, List.of(host), preference)) {
          case Outcome.Done(RolloutStep step) -> {
            any = true;
            steps.add(step);
            if (search(state, steps)) {
              return true;
            }
            steps.removeLast();
            state.undo(mark);
          }
          case Outcome.Not(Block block, boolean _, boolean _) -> {
            if (preference == Preference.CHANGED) {
              kept.add(block);
            }
          }
        }
      }
    }
    if (!any) {
      furthest.note(steps, kept);
    }
    return false;
  }

  private boolean isSpent() {
    return states >= MAX_STATES || work >= MAX_WORK;
  }
}
