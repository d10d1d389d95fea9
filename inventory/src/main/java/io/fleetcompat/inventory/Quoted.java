package io.fleetcompat.inventory;

/**
 * Text that somebody else wrote, as a message shows it: bounded, on one line, and valid UTF-8. What
 * is a control character or half of a surrogate pair is shown as a question mark, and a cut as
 * {@code …}.
 *
 * <p>Not an escape: messages about malformed attributes are part of a profile's canonical form, so
 * what is shown here can never change without changing fingerprints.
 */
public final class Quoted {

  /** Characters shown where nothing else is asked for. */
  public static final int SHOWN = 80;

  private Quoted() {}

  /** The text in quotes. */
  public static String of(String text) {
    return of(text, SHOWN);
  }

  /** The text in quotes, at most so many characters of it. */
  public static String of(String text, int most) {
    return "'" + bare(text, most) + "'";
  }

  /**
   * The text without quotes: for the words of a library about a text, or what has a line of its
   * own.
   */
  public static String bare(String text, int most) {
    int end = Math.min(text.length(), most);
    if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    String shown = clean(text, end);
    return end < text.length() ? shown + "…" : shown;
  }

  private static String clean(String text, int end) {
    StringBuilder cleaned = null;
    for (int i = 0; i < end; i++) {
      if (isPairAt(text, i)) {
        i++;
      } else if (isUnfit(text.charAt(i))) {
        cleaned = cleaned == null ? new StringBuilder(text).delete(end, text.length()) : cleaned;
        cleaned.setCharAt(i, '?');
      }
    }
    return cleaned == null ? text.substring(0, end) : cleaned.toString();
  }

  private static boolean isPairAt(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && index + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(index + 1));
  }

  private static boolean isUnfit(char c) {
    return Character.isISOControl(c) || Character.isSurrogate(c);
  }
}
