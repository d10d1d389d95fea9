package io.fleetcompat.compatibility.facet;

/**
 * The one spelling of a value, by its shape (docs/rules.md 2): {@code vfio_pci} is {@code
 * vfio-pci}; {@code 80865963} and {@code 0x80865963} are {@code 8086:5963}; {@code 0x…} and four
 * hexadecimal digits are lower case. Anything else is left as it is.
 */
public final class NormalForm {

  private NormalForm() {}

  /** The normal form of one value. */
  public static String of(String value) {
    if (value.equals("vfio_pci")) {
      return "vfio-pci";
    }
    boolean prefixed = value.startsWith("0x") || value.startsWith("0X");
    int digits = prefixed ? value.length() - 2 : value.length();
    if (digits == 8 && isHex(value, value.length() - 8)) {
      return pciId(lowerCase(value.substring(value.length() - 8)));
    }
    if (digits == 9 && !prefixed && isPciId(value)) {
      return lowerCase(value);
    }
    if ((digits == 4 || (prefixed && digits > 0)) && isHex(value, value.length() - digits)) {
      return lowerCase(value);
    }
    return value;
  }

  /**
   * The normal form of an attribute of the self-compatible facet: one surrounding pair of double
   * quotes is dropped, and so is white space around commas.
   */
  static String ofAttribute(String text) {
    return of(tightened(unquoted(text)));
  }

  /** The text without one surrounding pair of double quotes. */
  static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** The text without white space around commas; linear, whatever the text. */
  public static String tightened(String text) {
    if (text.indexOf(',') < 0) {
      return text;
    }
    StringBuilder tight = new StringBuilder(text.length());
    int spaceSince = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = Character.isWhitespace(c);
      if (c == ',') {
        tight.setLength(spaceSince);
      }
      boolean afterComma = !tight.isEmpty() && tight.charAt(tight.length() - 1) == ',';
      if (!space || !afterComma) {
        tight.append(c);
      }
      spaceSince = space ? spaceSince : tight.length();
    }
    return tight.toString();
  }

  /** Lower case of ASCII letters only: no locale, no change of length. */
  public static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
    }
    return lower.toString();
  }

  /**
   * True where all characters from an index on are hexadecimal digits (ASCII), and there is at
   * least one.
   */
  static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return from < text.length();
  }

  private static boolean isPciId(String text) {
    return text.charAt(4) == ':' && isHex(text.substring(0, 4), 0) && isHex(text, 5);
  }

  private static String pciId(String digits) {
    return digits.substring(0, 4) + ":" + digits.substring(4);
  }
}
