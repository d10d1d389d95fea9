package io.fleetcompat.cli.output;

/**
 * Text that a terminal only shows and never obeys: control characters, line separators, and marks
 * that reorder what is seen become {@code \\uXXXX}.
 */
public final class Printable {

  private Printable() {}

  /** One line of text. */
  public static String line(String text) {
    return escape(text, false);
  }

  /**
   * A document whose own line breaks and tabs stay, such as JSON, where the escapes mean the same.
   */
  public static String document(String text) {
    return escape(text, true);
  }

  private static String escape(String text, boolean layout) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = (layout && (c == '\n' || c == '\t')) || !obeyed(text, i);
      if (!kept && out == null) {
        out = new StringBuilder(text.length() + 16).append(text, 0, i);
      }
      if (out != null) {
        append(out, c, kept);
      }
    }
    return out == null ? text : out.toString();
  }

  private static void append(StringBuilder out, char c, boolean kept) {
    if (kept) {
      out.append(c);
    } else {
      out.append(String.format("\\u%04x", (int) c));
    }
  }

  private static boolean obeyed(String text, int index) {
    char c = text.charAt(index);
    if (Character.isSurrogate(c)) {
      return !paired(text, index);
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean paired(String text, int index) {
    char c = text.charAt(index);
    return Character.isHighSurrogate(c)
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }
}
