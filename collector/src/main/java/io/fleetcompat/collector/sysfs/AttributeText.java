package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The reading rules for an attribute's bytes (docs/rules.md 2). Pure. */
public final class AttributeText {

  private AttributeText() {}

  /** The text without its one trailing newline, or why it is malformed. */
  static Attribute of(byte[] bytes, int limit) {
    return of(bytes, limit, false);
  }

  /** The text, with its newline at the end where the whole is wanted, or why it is malformed. */
  public static Attribute of(byte[] bytes, int limit, boolean whole) {
    if (bytes.length > limit) {
      return new Attribute.Malformed("expected at most " + limit + " bytes, found more");
    }
    int length = bytes.length;
    if (!whole && length > 0 && bytes[length - 1] == '\n') {
      length--;
    }
    String text;
    try {
      text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    } catch (CharacterCodingException e) {
      return new Attribute.Malformed("expected UTF-8, found bytes that are not");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) && c != '\n' && c != '\t') {
        return new Attribute.Malformed(
            "expected no control characters, found U+%04X at character %d".formatted((int) c, i));
      }
    }
    return new Attribute.Text(text);
  }
}
