package io.fleetcompat.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The known names that a misspelt one is most like, by the number of letters to change. */
public final class Nearest {

  /** Longer names are like none: the cost grows with the square of the length. */
  private static final int MAX_LENGTH = 100;

  private Nearest() {}

  /** A name, and how many letters of another have to change for it. */
  private record Likely(String name, int distance) {

    static final Comparator<Likely> NEAREST_FIRST =
        Comparator.comparingInt(Likely::distance).thenComparing(Likely::name);
  }

  /** The most like of them; none where more than half of the name would have to change. */
  public static Optional<String> of(String name, Collection<String> known) {
    return within(name, known, name.length() / 2);
  }

  /** The most like of them, where at most so many letters have to change. */
  public static Optional<String> within(String name, Collection<String> known, int most) {
    return likely(name, known, other -> other, most).stream().findFirst();
  }

  /**
   * The most like of them, nearest first; none where more than half of the name would have to
   * change.
   *
   * @param compared the part of a known name that is compared
   * @param number how many at most
   */
  public static List<String> several(
      String name, Collection<String> known, Function<String, String> compared, int number) {
    List<String> likely = likely(name, known, compared, name.length() / 2);
    return likely.subList(0, Math.min(number, likely.size()));
  }

  private static List<String> likely(
      String name, Collection<String> known, Function<String, String> compared, int most) {
    if (name.length() > MAX_LENGTH) {
      return List.of();
    }
    return known.stream()
        .filter(other -> Math.abs(compared.apply(other).length() - name.length()) <= most)
        .map(other -> new Likely(other, distance(name, compared.apply(other))))
        .filter(likely -> likely.distance() <= most)
        .sorted(Likely.NEAREST_FIRST)
        .map(Likely::name)
        .toList();
  }

  /** The question at the end of a message; empty without names. */
  public static String question(List<String> names) {
    if (names.isEmpty()) {
      return "";
    }
    String last = names.getLast();
    return names.size() == 1
        ? "; did you mean " + last + "?"
        : "; did you mean %s or %s?"
            .formatted(String.join(", ", names.subList(0, names.size() - 1)), last);
  }

  /** The distance of Levenshtein: letters added, removed or replaced. */
  static int distance(String one, String other) {
    int begin = 0;
    int shorter = Math.min(one.length(), other.length());
    while (begin < shorter && one.charAt(begin) == other.charAt(begin)) {
      begin++;
    }
    int oneEnd = one.length();
    int otherEnd = other.length();
    while (oneEnd > begin
        && otherEnd > begin
        && one.charAt(oneEnd - 1) == other.charAt(otherEnd - 1)) {
      oneEnd--;
      otherEnd--;
    }
    return differing(one.substring(begin, oneEnd), other.substring(begin, otherEnd));
  }

  /** The same of names that begin and end differently, as known names rarely do for long. */
  private static int differing(String one, String other) {
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
