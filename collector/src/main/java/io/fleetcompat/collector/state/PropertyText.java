package io.fleetcompat.collector.state;

/** Spells text so that a file of properties, which is in Latin-1, gives it back. Pure. */
final class PropertyText {

  private PropertyText() {}

  /** The text, of which everything but plain letters is a Unicode escape. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f && c != '\\') {
                escaped.append((char) c);
              } else {
                escaped.append("\\u%04x".formatted(c));
              }
            });
    return escaped.toString();
  }
}
