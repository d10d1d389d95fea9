package io.fleetcompat.compatibility.pack;

import io.fleetcompat.inventory.Quoted;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The elements of a text with separators: trimmed, without empty ones and repetitions, sorted. */
final class Elements {

  /** Elements that a sentence names. */
  private static final int SHOWN = 8;

  private Elements() {}

  static List<String> split(String text, String separator) {
    return Arrays.stream(text.split(Pattern.quote(separator), -1))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  /** A clause about the wanted ones that the others lack; empty where they lack none. */
  static String missing(String clause, List<String> wanted, List<String> others) {
    List<String> missing = wanted.stream().filter(element -> !others.contains(element)).toList();
    return missing.isEmpty() ? "" : clause + shown(missing);
  }

  static String shown(List<String> elements) {
    String shown =
        elements.stream()
            .limit(SHOWN)
            .map(element -> Quoted.bare(element, Quoted.SHOWN))
            .collect(Collectors.joining(", "));
    int more = elements.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  static String join(String... clauses) {
    return Stream.of(clauses).filter(c -> !c.isEmpty()).collect(Collectors.joining(", "));
  }
}
