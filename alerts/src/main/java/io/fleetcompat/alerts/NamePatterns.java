package io.fleetcompat.alerts;

import java.util.List;

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

  /**
   * Without backing up further than to the last star: the time is that of both lengths, whatever a
   * pattern looks like.
   */
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int taken = 0; // by the last star
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        taken = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++taken;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
