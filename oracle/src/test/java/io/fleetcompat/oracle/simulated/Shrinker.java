package io.fleetcompat.oracle.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves steps out of a run that fails, for as long as it still does. Stateless. */
final class Shrinker {

  private Shrinker() {}

  /**
   * A list of which no step can be left out.
   *
   * @param fails true of the whole
   */
  static <T> List<T> shrink(List<T> whole, Predicate<List<T>> fails) {
    List<T> left = List.copyOf(whole);
    for (int chunk = Math.max(1, left.size() / 2); chunk >= 1; chunk /= 2) {
      boolean again = true;
      while (again) {
        again = false;
        for (int from = 0; from < left.size(); ) {
          List<T> fewer = new ArrayList<>(left.subList(0, from));
          fewer.addAll(left.subList(Math.min(left.size(), from + chunk), left.size()));
          if (fewer.size() < left.size() && fails.test(fewer)) {
            left = List.copyOf(fewer);
            again = true;
          } else {
            from += chunk;
          }
        }
      }
    }
    return left;
  }
}
