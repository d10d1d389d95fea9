package io.fleetcompat.cli.output;

import io.fleetcompat.settings.ShownValue;

/**
 * Text that a terminal only shows and never obeys. Which characters a terminal would obey, and how
 * they are shown, is {@link ShownValue}'s to say.
 */
public final class Printable {

  private static final String NOTHING = "";
  private static final String LAYOUT = "\n\t";

  private Printable() {}

  /** One line of text. */
  public static String line(String text) {
    return ShownValue.escaped(text, NOTHING);
  }

  /**
   * A document whose own line breaks and tabs stay, such as JSON, where the escapes mean the same.
   */
  public static String document(String text) {
    return ShownValue.escaped(text, LAYOUT);
  }
}
