package io.fleetcompat.query.whatif;

import io.fleetcompat.compatibility.pack.DottedVersion;
import io.fleetcompat.query.lookup.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The widest range of versions around a chosen one within which hosts may differ: of those that
 * hosts have, in their order, with none left out in between. Pure data.
 *
 * @param values in order, the lowest first; the chosen one is among them
 * @param notJudged versions next to the range that were not looked at: beyond a bound
 */
record BaselineRange(List<String> values, int notJudged) {

  /** Most versions that are looked at, the nearest to the chosen one. */
  static final int MAX_VALUES = 16;

  BaselineRange {
    values = List.copyOf(values);
  }

  /** Tells whether hosts with these two values may be together. */
  @FunctionalInterface
  interface Mixing {
    boolean isSafe(String value, String other);
  }

  /**
   * The range with most versions, of equal ones that with most hosts; empty where the chosen value
   * has no place in the order of versions.
   *
   * @param values that hosts have; those without a place in the order are in no range
   * @param hosts how many hosts have a value
   * @param mixing symmetric; asked once of each pair
   */
  static Optional<BaselineRange> of(
      String chosen,
      Collection<String> values,
      ToIntFunction<String> hosts,
      Mixing mixing,
      Deadline deadline) {
    Map<String, DottedVersion> versions = new HashMap<>();
    values.forEach(
        value -> DottedVersion.find(value).ifPresent(found -> versions.put(value, found)));
    DottedVersion.find(chosen).ifPresent(found -> versions.put(chosen, found));
    if (!versions.containsKey(chosen)) {
      return Optional.empty();
    }
    List<String> sorted = new ArrayList<>(versions.keySet());
    sorted.sort(
        Comparator.comparing((String value) -> version(versions, value))
            .thenComparing(Comparator.naturalOrder()));
    int at = sorted.indexOf(chosen);
    int end = Math.min(sorted.size(), Math.max(at + MAX_VALUES / 2, MAX_VALUES));
    int begin = Math.max(0, end - MAX_VALUES);
    boolean[][] safe = safe(sorted.subList(begin, end), mixing, deadline);
    Span best = widest(sorted.subList(begin, end), at - begin, safe, hosts);
    int notJudged =
        (best.first == 0 ? begin : 0) + (best.last == end - begin - 1 ? sorted.size() - end : 0);
    return Optional.of(
        new BaselineRange(sorted.subList(begin + best.first, begin + best.last + 1), notJudged));
  }

  private static DottedVersion version(Map<String, DottedVersion> versions, String value) {
    DottedVersion version = versions.get(value);
    if (version == null) {
      throw new IllegalArgumentException("expected one of the versions, found " + value);
    }
    return version;
  }

  private static boolean[][] safe(List<String> values, Mixing mixing, Deadline deadline) {
    boolean[][] safe = new boolean[values.size()][values.size()];
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j <= i; j++) {
        deadline.check();
        safe[i][j] = mixing.isSafe(values.get(i), values.get(j));
        safe[j][i] = safe[i][j];
      }
    }
    return safe;
  }

  /** Versions of a list, from one to another, both included. */
  private record Span(int first, int last) {}

  private static Span widest(
      List<String> values, int chosen, boolean[][] safe, ToIntFunction<String> hosts) {
    Span best = new Span(chosen, chosen);
    for (int first = chosen; first >= 0; first--) {
      for (int last = chosen; last < values.size(); last++) {
        Span span = new Span(first, last);
        if (isSafe(span, safe) && isWider(span, best, values, hosts)) {
          best = span;
        }
      }
    }
    return best;
  }

  private static boolean isSafe(Span span, boolean[][] safe) {
    for (int i = span.first; i <= span.last; i++) {
      for (int j = span.first; j <= i; j++) {
        if (!safe[i][j]) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isWider(
      Span span, Span other, List<String> values, ToIntFunction<String> hosts) {
    int more = (span.last - span.first) - (other.last - other.first);
    return more > 0 || (more == 0 && hosts(span, values, hosts) > hosts(other, values, hosts));
  }

  private static int hosts(Span span, List<String> values, ToIntFunction<String> hosts) {
    return values.subList(span.first, span.last + 1).stream().mapToInt(hosts).sum();
  }
}
