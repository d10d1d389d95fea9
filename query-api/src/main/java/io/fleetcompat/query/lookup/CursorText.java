package io.fleetcompat.query.lookup;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * The spelling of cursors: safe in a URL, and with a checksum, so that one that was cut off or
 * changed by mistake is refused. It keeps nobody from making one.
 */
public final class CursorText {

  /** Longest content: the names of a host and an endpoint at their longest, and some numbers. */
  static final int MAX_CONTENT = EndpointReference.MAX_LENGTH + 256;

  /** Longest spelling accepted, in characters: base 64 makes four of three. */
  static final int MAX_LENGTH = MAX_CONTENT / 3 * 4 + 4;

  private static final int CHECKSUM_DIGITS = 8;
  private static final HexFormat HEX = HexFormat.of();

  private CursorText() {}

  public static String encode(String content) {
    byte[] bytes = (checksum(content) + content).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @throws IllegalArgumentException where it did not come from there
   */
  public static String decode(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("a cursor has at most " + MAX_LENGTH + " characters");
    }
    String all = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    String content = all.substring(Math.min(all.length(), CHECKSUM_DIGITS));
    if (!encode(content).equals(text)) {
      throw new IllegalArgumentException("a cursor's checksum is not that of its content");
    }
    return content;
  }

  private static String checksum(String content) {
    CRC32 crc = new CRC32();
    crc.update(content.getBytes(StandardCharsets.UTF_8));
    return HEX.toHexDigits((int) crc.getValue());
  }
}
