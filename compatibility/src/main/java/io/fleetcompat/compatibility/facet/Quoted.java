package io.fleetcompat.compatibility.facet;

/** Text from a host as a message shows it: in quotes, bounded, without control characters. */
final class Quoted {

  static final int MAX_SHOWN = 80;

  private Quoted() {}

  static String of(String text) {
    int end = Math.min(text.length(), MAX_SHOWN);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return "'" + clean(text.substring(0, end)) + (end < text.length() ? "…'" : "'");
  }

  /** With a question mark for what is no character: every message is valid UTF-8 on one line. */
  static String clean(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
  }

  /** Words of a library about the text, with what it quotes. */
  static String words(String message) {
    int end = Math.min(message.length(), 3 * MAX_SHOWN);
    return clean(message.substring(0, end)) + (end < message.length() ? "…" : "");
  }
}
