package io.fleetcompat.indexer.change;

/** Text that is cut to what a record takes, with a mark at its end. Pure. */
public final class CutText {

  private static final String MARK = "…";

  private CutText() {}

  /** The text, of at most so many characters. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - MARK.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + MARK;
  }
}
