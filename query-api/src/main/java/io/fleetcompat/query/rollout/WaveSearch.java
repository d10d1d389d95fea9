package io.fleetcompat.query.rollout;

import io.fleetcompat.query.rollout.RolloutResult.Block;
import io.fleetcompat.query.rollout.WaveTrial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The search that goes forward in waves, as many hosts at once as can be emptied together. What
 * keeps hosts from being emptied only grows with the hosts that are out together, so the greatest
 * number is found by halving. One use, one thread.
 */
final class WaveSearch {

  /**
   * The hosts that are tried alone before it is asked how many of them go together: no others are
   * tried where not all of these do.
   */
  private static final int TRIED_FIRST = 64;

  private final IndexedProblem problem;
  private final KeptHosts required;
  private final WaveTrial trial;
  private final Preference preference;
  private final Runnable check;

  /** False where half of many hosts could not go together: then later waves are small, too. */
  private boolean mayBeHalf = true;

  WaveSearch(
      IndexedProblem problem,
      KeptHosts required,
      WaveTrial trial,
      Preference preference,
      Runnable check) {
    this.problem = problem;
    this.required = required;
    this.trial = trial;
    this.preference = preference;
    this.check = check;
  }

  /**
   * An order in which all hosts can be changed; empty where this search finds none.
   *
   * @param furthest gets as far as it goes
   */
  Optional<List<RolloutStep>> search(RolloutState state, Furthest furthest) {
    List<RolloutStep> steps = new ArrayList<>();
    while (true) {
      List<Integer> left = HostsLeft.of(problem, state);
      if (left.isEmpty()) {
        return Optional.of(steps);
      }
      List<Block> kept = new ArrayList<>();
      List<Integer> wave = wave(state, left, kept);
      if (wave.isEmpty()
          || !(trial.of(state, wave, preference) instanceof Outcome.Done(var step))) {
        furthest.note(steps, kept);
        return Optional.empty();
      }
      steps.add(step);
    }
  }

  /**
   * Hosts that can be changed at once; none where none can be emptied. Hosts are tried alone, one
   * of those that are alike, only where without that not even half of them are found.
   *
   * @param kept gets what keeps those that cannot, where they were tried
   */
  private List<Integer> wave(RolloutState state, List<Integer> left, List<Block> kept) {
    int half = (1 + left.size()) >>> 1;
    if (mayBeHalf && isPossible(state, left.subList(0, 1))) {
      if (isPossible(state, left.subList(0, half))) {
        return most(state, left, half);
      }
      mayBeHalf = left.size() <= TRIED_FIRST;
    }
    List<Integer> alone = new ArrayList<>();
    int enough = TRIED_FIRST;
    AlikeHosts alike = new AlikeHosts(problem, required, state);
    for (int host : left) {
      alike
          .block(host, each -> attempt(state, List.of(each)))
          .ifPresentOrElse(kept::add, () -> alone.add(host));
      if (alone.size() == enough) {
        List<Integer> most = most(state, alone, 1);
        if (most.size() < alone.size()) {
          return most;
        }
        enough *= 4;
      }
    }
    return alone.isEmpty() ? alone : most(state, alone, 1);
  }

  /**
   * As many of these hosts at once as can be emptied together.
   *
   * @param known so many can
   */
  private List<Integer> most(RolloutState state, List<Integer> hosts, int known) {
    int best = known;
    int high = hosts.size();
    int low = known + 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (isPossible(state, hosts.subList(0, middle))) {
        best = middle;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return List.copyOf(hosts.subList(0, best));
  }

  private boolean isPossible(RolloutState state, List<Integer> hosts) {
    return attempt(state, hosts) instanceof Outcome.Done;
  }

  private Outcome attempt(RolloutState state, List<Integer> hosts) {
    check.run();
    return trial.attempt(state, hosts, preference);
  }
}
