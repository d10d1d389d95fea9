package io.fleetcompat.settings;

/** A bad value as a message shows it: in quotes, on one line, and not longer than a line. */
final class Quoted {

  /** Most characters shown. */
  static final int MAX_LENGTH = 100;

  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder("'");
    int end = end(text);
    text.substring(0, end)
        .codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append("\\u").append("%04X".formatted(c));
              }
            });
    return quoted.append(end < text.length() ? "…'" : "'").toString();
  }

  /** Not between the halves of a pair. */
  private static int end(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text.length();
    }
    return Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
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
