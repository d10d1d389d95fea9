package io.fleetcompat.inventory;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/**
 * Percent-coding (RFC 3986, section 2.1): what may not stand for itself is spelled as the bytes of
 * its UTF-8 form, each as {@code %} and two hexadecimal digits. Decoding is strict.
 */
public final class PercentCode {

  /** Longest part of a wrong text that a message shows, in characters. */
  private static final int SHOWN = 120;

  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

  private PercentCode() {}

  /** A text as it may stand anywhere in a URL: all but letters, digits and {@code -._~} encoded. */
  public static String encode(String text) {
    return encode(text, PercentCode::isUnreserved);
  }

  /**
   * A text with some of its characters encoded.
   *
   * @param plain whether a code point stands for itself; never true of {@code %}
   */
  public static String encode(String text, IntPredicate plain) {
    StringBuilder encoded = new StringBuilder(text.length() + 8);
    text.codePoints()
        .forEach(
            point -> {
              if (plain.test(point)) {
                encoded.appendCodePoint(point);
              } else {
                append(encoded, Character.toString(point).getBytes(StandardCharsets.UTF_8));
              }
            });
    return encoded.toString();
  }

  /**
   * The text that was encoded.
   *
   * @throws IllegalArgumentException for a {@code %} that two hexadecimal digits do not follow, or
   *     bytes that are not UTF-8
   */
  public static String decode(String text) {
    return text.indexOf('%') < 0 ? text : decode(text, '+');
  }

  /**
   * The text that was encoded in a query, where a plus is a space.
   *
   * @throws IllegalArgumentException as {@link #decode}
   */
  public static String decodeQuery(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, ' ');
  }

  private static String decode(String text, char plus) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.put(decoded(in, i + 1, text));
        i += 2;
      } else {
        out.put(in[i] == '+' ? (byte) plus : in[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "expected UTF-8 after percent-decoding, found " + Quoted.of(text, SHOWN), e);
    }
  }

  private static byte decoded(byte[] in, int at, String text) {
    int high = at + 1 < in.length ? Character.digit(in[at], 16) : -1;
    int low = at + 1 < in.length ? Character.digit(in[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      throw new IllegalArgumentException(
          "expected two hexadecimal digits after '%', found " + Quoted.of(text, SHOWN));
    }
    return (byte) (high << 4 | low);
  }

  private static void append(StringBuilder encoded, byte[] bytes) {
    for (byte b : bytes) {
      encoded.append('%').append(DIGITS[b >> 4 & 0xf]).append(DIGITS[b & 0xf]);
    }
  }

  private static boolean isUnreserved(int point) {
    return (point >= 'a' && point <= 'z')
        || (point >= 'A' && point <= 'Z')
        || (point >= '0' && point <= '9')
        || point == '-'
        || point == '.'
        || point == '_'
        || point == '~';
  }
}
