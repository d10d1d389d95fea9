package io.fleetcompat.query.json;

import io.fleetcompat.query.room.Room;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;

/**
 * JSON being written as UTF-8. It puts the commas; whoever writes closes what it opened. One
 * thread.
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are never changed
public final class JsonBytes {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Enough for the answer to one question, in bytes. */
  private static final int FIRST_ROOM = 1024;

  private static final char REPLACEMENT = 0xFFFD;
  private static final long DAY_MILLIS = 24L * 3600 * 1000;
  private static final long LAST_MILLIS = 253402300799999L; // the end of the year 9999

  /** The day that was written last: nearly all instants of an answer are of one. */
  private static volatile Day lastDay = Day.of(0);

  private byte[] bytes;
  private int size;
  private int changesFrom;
  private int changesTo;

  public JsonBytes() {
    this(FIRST_ROOM);
  }

  /**
   * @param room bytes that it is expected to take; it grows beyond
   */
  public JsonBytes(int room) {
    Room.grow(0, room);
    bytes = new byte[room];
  }

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

  /** A member's name that many answers have. */
  public JsonBytes name(JsonName name) {
    return written(name.json);
  }

  public JsonBytes string(String value) {
    separate();
    quote(value);
    return this;
  }

  public JsonBytes stringOrNull(Optional<String> value) {
    return value.isPresent() ? string(value.get()) : nothing();
  }

  /** Two strings as one, with a slash between. */
  public JsonBytes string(String first, String second) {
    string(first);
    bytes[size - 1] = '/'; // over the closing quote
    int from = size;
    quote(second);
    System.arraycopy(bytes, from + 1, bytes, from, size - from - 1); // over the opening quote
    size--;
    return this;
  }

  public JsonBytes number(long value) {
    separate();
    if (value < 0 || value > Integer.MAX_VALUE) {
      return ascii(Long.toString(value));
    }
    int count = 1;
    for (long rest = value; rest > 9; rest /= 10) {
      count++;
    }
    digits((int) value, count);
    return this;
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
    return written(json, 0, json.length);
  }

  /** A part of such bytes. */
  public JsonBytes written(byte[] json, int from, int to) {
    if (to > from) {
      separate();
      room(to - from);
      System.arraycopy(json, from, bytes, size, to - from);
      size += to - from;
    }
    return this;
  }

  /** Begins the part that is another from one time to the next though nothing else is. */
  public void beginChanging() {
    changesFrom = size;
  }

  /** Ends that part. */
  public void endChanging() {
    changesTo = size;
  }

  /** The begin of that part, in bytes; where there is none it is empty. */
  public int changesFrom() {
    return changesFrom;
  }

  /** The end of that part. */
  public int changesTo() {
    return changesTo;
  }

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /**
   * The array with the JSON in its first {@link #size} bytes; nothing may be written after this
   * call.
   */
  public byte[] buffer() {
    return bytes;
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
      } else if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
        escape(c);
      } else if (isSurrogate(c)) {
        utf8(REPLACEMENT); // half a character is none
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

  private record Day(long number, byte[] text) {
    static Day of(long number) {
      String text = LocalDate.ofEpochDay(number) + "T";
      return new Day(number, text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void instant(long millis) {
    long number = millis / DAY_MILLIS;
    Day day = lastDay;
    if (day.number != number) {
      day = Day.of(number);
      lastDay = day;
    }
    room(day.text.length);
    System.arraycopy(day.text, 0, bytes, size, day.text.length);
    size += day.text.length;
    int ofDay = (int) (millis % DAY_MILLIS);
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
    int length = text.length();
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) text.charAt(i);
    }
    size += length;
    return this;
  }

  private JsonBytes put(int b) {
    room(1);
    bytes[size++] = (byte) b;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      int larger = Math.max(bytes.length * 2, size + more);
      Room.grow(bytes.length, larger);
      bytes = Arrays.copyOf(bytes, larger);
    }
  }
}
