package io.fleetcompat.testing.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** The spelling of an input in one line: ASCII as it is, all else escaped. Pure. */
final class InputText {

  private static final HexFormat HEX = HexFormat.of();

  private InputText() {}

  static String encode(byte[] input) {
    StringBuilder text = new StringBuilder();
    for (byte b : input) {
      switch (b) {
        case '\n' -> text.append("\\n");
        case '\\' -> text.append("\\\\");
        default -> {
          // A blank at the end of a line would be lost in some editors, a # at its begin a comment.
          boolean plain = b > ' ' && b < 0x7f && !(b == '#' && text.isEmpty());
          boolean inner = b == ' ' && !text.isEmpty();
          text.append(plain || inner ? String.valueOf((char) b) : "\\x" + HEX.toHexDigits(b));
        }
      }
    }
    int last = text.length() - 1;
    return last >= 0 && text.charAt(last) == ' '
        ? text.substring(0, last) + "\\x20"
        : text.toString();
  }

  /**
   * The inverse of {@link #encode}.
   *
   * @throws IllegalArgumentException where an escape is none
   */
  static byte[] decode(String text) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        throw new IllegalArgumentException(
            "expected ASCII at character " + (i + 1) + ", found U+%04X".formatted((int) c));
      } else if (c != '\\') {
        input.write(c);
      } else if (text.startsWith("\\", i + 1)) {
        input.write('\\');
        i++;
      } else if (text.startsWith("n", i + 1)) {
        input.write('\n');
        i++;
      } else if (text.startsWith("x", i + 1) && i + 4 <= text.length()) {
        input.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
        i += 3;
      } else {
        throw new IllegalArgumentException(
            "expected \\\\, \\n or \\xNN at character " + (i + 1) + ", found another escape");
      }
    }
    return input.toByteArray();
  }
}
