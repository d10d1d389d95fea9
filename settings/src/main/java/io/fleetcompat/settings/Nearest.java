package io.fleetcompat.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a misspelt one is most like, by the number of letters to change. */
public final class Nearest {

  /** Longer names are like none: the cost grows with the square of the length. */
  private static final int MAX_LENGTH = 100;

  private Nearest() {}

  /** The most like of them; none where more than half of the name would have to change. */
  public static Optional<String> of(String name, Collection<String> known) {
    return within(name, known, name.length() / 2);
  }

  /** The most like of them, where at most so many letters have to change. */
  public static Optional<String> within(String name, Collection<String> known, int most) {
    if (name.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(other -> distance(name, other) <= most)
        .min(
            Comparator.comparingInt((String other) -> distance(name, other))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The distance of Levenshtein: letters added, removed or replaced. */
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
