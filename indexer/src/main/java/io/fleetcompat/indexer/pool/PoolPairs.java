package io.fleetcompat.indexer.pool;

import io.fleetcompat.compatibility.health.Obstacles;
import io.fleetcompat.compatibility.health.PoolVerdicts;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The verdicts of all ordered pairs of one pool's profiles: two bits for each. A profile that the
 * pool gets is judged with all others, both ways, and that once. One stream thread.
 */
final class PoolPairs implements PoolVerdicts {

  private final IntFunction<Fingerprint> profiles;
  private final List<BitSet> compatible = new ArrayList<>();
  private final List<BitSet> unknown = new ArrayList<>();
  private final BitSet judged = new BitSet();
  private final BitSet waiting = new BitSet();
  private PairVerdicts judge;

  /** The verdicts on profiles of the pool. */
  interface PairVerdicts {

    Outcome outcome(Fingerprint source, Fingerprint destination);

    Obstacles obstacles(Fingerprint source, Fingerprint destination);
  }

  PoolPairs(IntFunction<Fingerprint> profiles, PairVerdicts judge) {
    this.profiles = profiles;
    this.judge = judge;
  }

  /** The pool has got a profile. */
  void add(int slot) {
    while (compatible.size() <= slot) {
      compatible.add(new BitSet());
      unknown.add(new BitSet());
    }
    if (slot < PoolMembership.MAX_ASSESSED) {
      waiting.set(slot);
    }
  }

  /** The pool has the profile no more. */
  void remove(int slot) {
    waiting.clear(slot);
    judged.clear(slot);
    clear(slot);
  }

  /** A profile is to be judged anew: something that its verdicts depend on has changed. */
  void renew(int slot) {
    remove(slot);
    add(slot);
  }

  /** All profiles are to be judged anew, by this judge. */
  void renewAll(PairVerdicts by) {
    judge = by;
    waiting.or(judged);
    judged.stream().forEach(this::clear);
    judged.clear();
  }

  private void clear(int slot) {
    compatible.get(slot).clear();
    unknown.get(slot).clear();
    for (int other = 0; other < compatible.size(); other++) {
      compatible.get(other).clear(slot);
      unknown.get(other).clear(slot);
    }
  }

  boolean isJudged() {
    return waiting.isEmpty();
  }

  /** Judges one of the profiles that wait. */
  void judgeNext() {
    int slot = waiting.nextSetBit(0);
    waiting.clear(slot);
    judged.set(slot);
    Fingerprint profile = profiles.apply(slot);
    judged.stream()
        .forEach(
            other -> {
              Fingerprint content = profiles.apply(other);
              set(slot, other, judge.outcome(profile, content));
              set(other, slot, judge.outcome(content, profile));
            });
  }

  private void set(int source, int destination, Outcome outcome) {
    switch (outcome) {
      case COMPATIBLE -> compatible.get(source).set(destination);
      case UNKNOWN -> unknown.get(source).set(destination);
      case INCOMPATIBLE -> {}
    }
  }

  @Override
  public BitSet compatible(int source) {
    return compatible.get(source);
  }

  @Override
  public BitSet unknown(int source) {
    return unknown.get(source);
  }

  @Override
  public Obstacles obstacles(int source, int destination) {
    return judge.obstacles(profiles.apply(source), profiles.apply(destination));
  }
}
