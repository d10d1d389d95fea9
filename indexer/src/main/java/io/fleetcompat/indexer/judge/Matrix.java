package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Profile;
import java.util.TreeMap;

/**
 * Every living profile that has been judged. Their verdicts are not here: a pair stands in the row
 * of the one with the greater number, so what is judged now changes no row but its own. A row keeps
 * bits of profiles that are gone; their numbers are never used again, so they mean nothing. One
 * stream thread.
 */
final class Matrix {

  private final PairJudge judge;
  private final TreeMap<Integer, Profile> judged = new TreeMap<>();

  Matrix(PairJudge judge) {
    this.judge = judge;
  }

  /** Puts back what was judged before. */
  void restore(int number, Profile profile) {
    judged.put(number, profile);
  }

  /** Judges a profile against all others, in both directions, and itself. */
  NewRow add(int number, Profile profile) {
    NewRow row = new NewRow();
    judged.forEach(
        (other, content) -> {
          row.setTo(other, judge.outcome(profile, content));
          row.setFrom(other, judge.outcome(content, profile));
        });
    row.setTo(number, judge.outcome(profile, profile));
    judged.put(number, profile);
    return row;
  }

  void remove(int number) {
    judged.remove(number);
  }
}
