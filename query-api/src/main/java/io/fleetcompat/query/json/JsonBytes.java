package io.fleetcompat.query.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * JSON being written as UTF-8. It puts the commas; whoever writes closes what it opened. One
 * thread.
 */
public final class JsonBytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Enough for the answer to one question, in bytes. */
  private static final int FIRST_ROOM = 2048;

  private static final long DAY_MILLIS = 24L * 3600 * 1000;
  private static final long LAST_MILLIS = 253402300799999L; // the end of the year 9999

  private byte[] bytes = new byte[FIRST_ROOM];
  private int size;

  public JsonBytes open() {
    separate();
    return put('{');
  }

  public JsonBytes close() {
    return put('}');
  }

  public JsonBytes openArray() {
    separate();
    return put('[');
  }

  public JsonBytes closeArray() {
    return put(']');
  }

  /** A member's name; its value comes next. */
  public JsonBytes name(String name) {
    separate();
    quote(name);
    return put(':');
  }

  public JsonBytes string(String value) {
    separate();
    quote(value);
    return this;
  }

  public JsonBytes number(long value) {
    separate();
    return ascii(Long.toString(value));
  }

  public JsonBytes bool(boolean value) {
    separate();
    return ascii(value ? "true" : "false");
  }

  public JsonBytes nothing() {
    separate();
    return ascii("null");
  }

  /** An instant as RFC 3339 with milliseconds, in UTC. */
  public JsonBytes time(long millis) {
    separate();
    put('"');
    instant(Math.clamp(millis, 0, LAST_MILLIS));
    return put('"');
  }

  /** JSON that was written before: members of an object, a value, or elements. */
  public JsonBytes written(byte[] json) {
    if (json.length > 0) {
      separate();
      room(json.length);
      System.arraycopy(json, 0, bytes, size, json.length);
      size += json.length;
    }
    return this;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  private void separate() {
    if (size > 0) {
      byte last = bytes[size - 1];
      if (last != '{' && last != '[' && last != ':') {
        put(',');
      }
    }
  }

  private void quote(String text) {
    int length = text.length();
    room(length + 2);
    byte[] out = bytes; // locals, which the compiler keeps in registers
    int at = size;
    out[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        size = at;
        quoteRest(text, i);
        return;
      }
      out[at++] = (byte) c;
    }
    out[at++] = '"';
    size = at;
  }

  private void quoteRest(String text, int from) {
    int i = from;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '"' || c == '\\') {
        put('\\').put(c);
      } else if (c < ' ' || c == 0x7f || isSurrogate(c) || c == 0x2028 || c == 0x2029) {
        escape(c);
      } else {
        utf8(c);
      }
    }
    put('"');
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }

  private void escape(int c) {
    ascii("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      put(HEX[(c >>> shift) & 15]);
    }
  }

  private void utf8(int c) {
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xc0 | (c >> 6)).put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      put(0xe0 | (c >> 12)).put(0x80 | ((c >> 6) & 0x3f)).put(0x80 | (c & 0x3f));
    } else {
      put(0xf0 | (c >> 18)).put(0x80 | ((c >> 12) & 0x3f));
      put(0x80 | ((c >> 6) & 0x3f)).put(0x80 | (c & 0x3f));
    }
  }

  private void instant(long millis) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
    int ofDay = (int) Math.floorMod(millis, DAY_MILLIS);
    digits(date.getYear(), 4);
    put('-');
    digits(date.getMonthValue(), 2);
    put('-');
    digits(date.getDayOfMonth(), 2);
    put('T');
    digits(ofDay / 3_600_000, 2);
    put(':');
    digits(ofDay / 60_000 % 60, 2);
    put(':');
    digits(ofDay / 1000 % 60, 2);
    put('.');
    digits(ofDay % 1000, 3);
    put('Z');
  }

  private void digits(int value, int count) {
    room(count);
    int rest = value;
    for (int i = count - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  private JsonBytes ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
    return this;
  }

  private JsonBytes put(int b) {
    room(1);
    bytes[size++] = (byte) b;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
