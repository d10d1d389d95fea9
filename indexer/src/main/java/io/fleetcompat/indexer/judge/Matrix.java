package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The matrix in memory: every living profile that has been judged, with its row. A row's bits of
 * profiles that are gone stay until the row is written again; their numbers are never used again,
 * so they mean nothing. One stream thread.
 */
final class Matrix {

  private final Judge judge;
  private final TreeMap<Integer, Entry> judged = new TreeMap<>();
  private final SortedSet<Integer> changed = new TreeSet<>();

  /** A living profile and its verdicts over the others. */
  record Entry(Profile profile, Row row) {}

  Matrix(Judge judge) {
    this.judge = judge;
  }

  /** Puts back what was judged before. */
  void restore(int number, Profile profile, Row row) {
    judged.put(number, new Entry(profile, row));
  }

  /** Judges a profile against all others and itself, in both directions. */
  void add(int number, Profile profile) {
    Row row = new Row();
    judged.forEach(
        (other, entry) -> {
          row.set(other, judge.outcome(profile, entry.profile()));
          Outcome back = judge.outcome(entry.profile(), profile);
          if (back != Outcome.INCOMPATIBLE) {
            entry.row().set(number, back);
            changed.add(other);
          }
        });
    row.set(number, judge.outcome(profile, profile));
    judged.put(number, new Entry(profile, row));
    changed.add(number);
  }

  void remove(int number) {
    judged.remove(number);
    changed.remove(number);
  }

  int size() {
    return judged.size();
  }

  /** The numbers of all rows that changed since this was last asked, ascending. */
  List<Integer> takeChanged() {
    List<Integer> taken = new ArrayList<>(changed);
    changed.clear();
    return taken;
  }

  /** The entry of a number that was added. */
  Entry entry(int number) {
    Entry entry = judged.get(number);
    if (entry == null) {
      throw new IllegalStateException("no profile has number " + number);
    }
    return entry;
  }
}
