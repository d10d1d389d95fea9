package io.fleetcompat.collector.sysfs;

import io.fleetcompat.inventory.Attribute;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The reading rules for an attribute's bytes (docs/rules.md 2). Pure. */
final class AttributeText {

  private AttributeText() {}

  /** The text, without its one trailing newline unless that is wanted, or why it is malformed. */
  static Attribute of(byte[] bytes, FileRead.Request request) {
    if (bytes.length > request.limit()) {
      return new Attribute.Malformed("expected at most " + request.limit() + " bytes, found more");
    }
    int length = bytes.length;
    if (!request.whole() && length > 0 && bytes[length - 1] == '\n') {
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
