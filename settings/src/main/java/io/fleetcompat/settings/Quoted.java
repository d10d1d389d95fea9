package io.fleetcompat.settings;

/**
 * A value as a message or the log shows it: on one line, and bounded. Module {@code inventory} has
 * another of its own, whose form profiles have in them, so that it can never change.
 */
final class Quoted {

  /** Most characters shown of a bad value. */
  static final int MAX_LENGTH = 100;

  /** Most characters shown of a good one. */
  private static final int MAX_GOOD_LENGTH = 500;

  private Quoted() {}

  /** A bad value, in quotes. */
  static String of(String text) {
    return "'" + shown(text, MAX_LENGTH) + "'";
  }

  /** A good value, without quotes. */
  static String bare(String text) {
    return shown(text, MAX_GOOD_LENGTH);
  }

  private static String shown(String text, int most) {
    StringBuilder shown = new StringBuilder();
    int end = end(text, most);
    text.substring(0, end)
        .codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u%04X".formatted(c));
              }
            });
    return end < text.length() ? shown + "…" : shown.toString();
  }

  /** Not between the halves of a pair. */
  private static int end(String text, int most) {
    if (text.length() <= most) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
