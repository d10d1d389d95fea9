package io.fleetcompat.alerts;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of pools or alerts, in which {@code *} stands for any characters.
 *
 * @param patterns none: all names
 */
public record NamePatterns(List<String> patterns) {

  /** All names. */
  static final NamePatterns ALL = new NamePatterns(List.of());

  public NamePatterns {
    patterns = List.copyOf(patterns);
  }

  /** True of a name that one of the patterns is about. */
  boolean contains(String name) {
    return patterns.isEmpty() || patterns.stream().anyMatch(each -> matches(each, name));
  }

  private static boolean matches(String pattern, String name) {
    String expression =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
  }
}
