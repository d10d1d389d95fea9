package io.fleetcompat.compatibility.pack;

/**
 * A pattern of a text: {@code *} stands for any characters, {@code ?} for one. It is matched in
 * time that grows with the product of both lengths at most.
 */
public record Glob(String pattern) {

  /** True where it stands for itself alone. */
  boolean isExact() {
    return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  public boolean matches(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int starAt = 0;
    while (at < text.length()) {
      boolean more = in < pattern.length();
      if (more && pattern.charAt(in) == '*') {
        star = in++;
        starAt = at;
      } else if (more && (pattern.charAt(in) == '?' || pattern.charAt(in) == text.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }

  @Override
  public String toString() {
    return pattern;
  }
}
