package io.fleetcompat.settings;

/**
 * A text that somebody else wrote, as a message, the log or a terminal shows it: on one line,
 * bounded, and nothing in it is obeyed. Control characters, line separators, marks that reorder
 * what is seen, and halves of pairs become {@code \\uXXXX}.
 *
 * <p>Module {@code inventory} has another of its own ({@code Quoted}), whose form is a part of
 * profiles, so that it can never change: docs/adr/0014-settings.md.
 */
public final class ShownValue {

  /** Most characters shown of a bad value. */
  static final int MAX_LENGTH = 100;

  /** Most characters shown of a good one. */
  private static final int MAX_GOOD_LENGTH = 500;

  private ShownValue() {}

  /** A bad value, in quotes. */
  public static String quoted(String text) {
    return "'" + bounded(text, MAX_LENGTH) + "'";
  }

  /** A good value, without quotes. */
  static String bare(String text) {
    return bounded(text, MAX_GOOD_LENGTH);
  }

  /** The beginning of a text: at most so many characters, and {@code …} where it has more. */
  public static String bounded(String text, int most) {
    int end = end(text, most);
    String shown = escaped(text.substring(0, end), "");
    return end < text.length() ? shown + "…" : shown;
  }

  /**
   * The whole text.
   *
   * @param kept characters that are shown as they are, such as the line breaks of a document
   */
  public static String escaped(String text, String kept) {
    StringBuilder shown = new StringBuilder();
    int copied = 0;
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      if (!isPlain(c) && kept.indexOf(c) < 0) {
        shown.append(text, copied, at);
        text.substring(at, next).chars().forEach(half -> shown.append("\\u%04x".formatted(half)));
        copied = next;
      }
      at = next;
    }
    return copied == 0 ? text : shown.append(text, copied, text.length()).toString();
  }

  /** The place of the cut; never between the halves of a pair. */
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
