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
    String shown = text.substring(0, end).replaceAll("\\p{Cntrl}", "?");
    return "'" + shown + (end < text.length() ? "…'" : "'");
  }
}
