package io.fleetcompat.settings;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The decoder of a file's bytes: strict, and it says in which line they are no UTF-8. */
final class Utf8 {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Utf8() {}

  static String decode(byte[] bytes, Path file) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      throw BadSettingException.at(
          Origin.line(file, lineOfEnd(text)), "UTF-8", "bytes that are none");
    }
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      throw BadSettingException.at(
          Origin.line(file, 1), "UTF-8 without a byte order mark", "one at the start of the file");
    }
    return text;
  }

  /** The number of the line in which the text ends; a line may end in CR, LF or both. */
  private static int lineOfEnd(String text) {
    return (int) (text + "|").lines().count();
  }
}
