package io.fleetcompat.schemas;

import io.fleetcompat.schemas.BadRecordException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One walk over encoded bytes along their schema, before anything is decoded. It allocates nothing,
 * so what passes it cannot make the decoder allocate more than the bounds here allow: lengths lie
 * within the bytes, collections within {@link #MAX_ELEMENTS}, strings are UTF-8, no byte is left.
 */
final class WireForm {

  /** Most elements of all arrays and maps of one record together. */
  static final int MAX_ELEMENTS = 1 << 18;

  private final byte[] bytes;
  private int position;
  private int elements;

  private WireForm(byte[] bytes, int from) {
    this.bytes = bytes;
    this.position = from;
  }

  static void check(byte[] bytes, int from, Schema writer) throws BadRecordException {
    WireForm form = new WireForm(bytes, from);
    form.walk(writer);
    if (form.position != bytes.length) {
      throw form.bad("the end of the record", (bytes.length - form.position) + " more bytes");
    }
  }

  private void walk(Schema schema) throws BadRecordException {
    switch (schema.getType()) {
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          walk(field.schema());
        }
      }
      case ARRAY -> blocks(null, schema.getElementType());
      case MAP -> blocks(schema, schema.getValueType());
      case UNION -> walk(schema.getTypes().get(index(schema.getTypes().size(), "a branch")));
      case ENUM -> index(schema.getEnumSymbols().size(), "a symbol");
      case STRING -> string();
      case BYTES -> skip(length());
      case FIXED -> skip(schema.getFixedSize());
      case INT -> integer();
      case LONG -> varint();
      case FLOAT -> skip(Float.BYTES);
      case DOUBLE -> skip(Double.BYTES);
      case BOOLEAN -> skip(1);
      case NULL -> {}
    }
  }

  /** Blocks of elements until an empty one; a negative count is followed by the block's size. */
  private void blocks(@Nullable Schema map, Schema element) throws BadRecordException {
    for (long count = varint(); count != 0; count = varint()) {
      if (count < 0) {
        count = -count;
        varint();
      }
      if (count < 0 || count > MAX_ELEMENTS - elements) {
        throw bad("at most " + MAX_ELEMENTS + " elements in a record", "a block of " + count);
      }
      elements += (int) count;
      for (long i = 0; i < count; i++) {
        if (map != null) {
          string();
        }
        walk(element);
      }
    }
  }

  private void string() throws BadRecordException {
    int length = length();
    int from = position;
    skip(length);
    for (int i = from; i < position; i++) {
      if (bytes[i] < 0) {
        requireUtf8(from, length);
        return;
      }
    }
  }

  private void requireUtf8(int from, int length) throws BadRecordException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
    } catch (CharacterCodingException e) {
      throw bad("UTF-8", "a string of other bytes at " + from);
    }
  }

  private int length() throws BadRecordException {
    long length = varint();
    if (length < 0 || length > bytes.length - position) {
      throw bad("a length within the record", "length " + length);
    }
    return (int) length;
  }

  private int index(int size, String what) throws BadRecordException {
    long index = varint();
    if (index < 0 || index >= size) {
      throw bad(what + " below " + size, String.valueOf(index));
    }
    return (int) index;
  }

  private void integer() throws BadRecordException {
    long value = varint();
    if (value != (int) value) {
      throw bad("an int", String.valueOf(value));
    }
  }

  private long varint() throws BadRecordException {
    long raw = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      skip(1);
      byte b = bytes[position - 1];
      raw |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return raw >>> 1 ^ -(raw & 1);
      }
    }
    throw bad("a number of at most 10 bytes", "a longer one");
  }

  private void skip(int count) throws BadRecordException {
    if (count > bytes.length - position) {
      throw bad(count + " more bytes", (bytes.length - position) + " bytes");
    }
    position += count;
  }

  private BadRecordException bad(String expected, String found) {
    return new BadRecordException(Code.UNDECODABLE, expected + " at byte " + position, found);
  }
}
