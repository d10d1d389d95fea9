package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, decoded once; each is known and given at most once. */
final class Parameters {

  private final List<String> known;
  private final @Nullable String[] values;

  private Parameters(List<String> known) {
    this.known = known;
    this.values = new String[known.size()];
  }

  /** Parses {@code a=b&c=d}, without the question mark. */
  static Parameters parse(String query, List<String> known) {
    Parameters parameters = new Parameters(known);
    int begin = 0;
    while (begin < query.length()) {
      int separator = query.indexOf('&', begin);
      int end = separator < 0 ? query.length() : separator;
      if (end > begin) {
        parameters.add(query, begin, end);
      }
      begin = end + 1;
    }
    return parameters;
  }

  private void add(String query, int begin, int end) {
    int equals = query.indexOf('=', begin, end);
    int nameEnd = equals < 0 ? end : equals;
    int index = indexOf(query, begin, nameEnd);
    if (index < 0) {
      index = indexOfDecoded(decode(query.substring(begin, nameEnd), true));
    }
    if (values[index] != null) {
      throw new Problem(
          Code.BAD_REQUEST, "expected '" + known.get(index) + "' once, found it again");
    }
    values[index] = equals < 0 ? "" : decode(query.substring(equals + 1, end), true);
  }

  private int indexOf(String query, int begin, int end) {
    for (int i = 0; i < known.size(); i++) {
      String name = known.get(i);
      if (name.length() == end - begin && query.startsWith(name, begin)) {
        return i;
      }
    }
    return -1;
  }

  private int indexOfDecoded(String name) {
    int index = known.indexOf(name);
    if (index < 0) {
      throw new Problem(
          Code.UNKNOWN_PARAMETER, "expected one of " + known + ", found " + Problem.quote(name));
    }
    return index;
  }

  /** Percent-decoding, strictly; a plus is a space in a query and a plus in a path. */
  static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.put(hex(in, i + 1, text));
        i += 2;
      } else {
        out.put(plusIsSpace && in[i] == '+' ? (byte) ' ' : in[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new Problem(
          Code.BAD_REQUEST, "expected UTF-8 after percent-decoding, found " + Problem.quote(text));
    }
  }

  private static byte hex(byte[] in, int at, String text) {
    int high = at + 1 < in.length ? Character.digit(in[at], 16) : -1;
    int low = at + 1 < in.length ? Character.digit(in[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected two hexadecimal digits after '%', found " + Problem.quote(text));
    }
    return (byte) ((high << 4) | low);
  }

  private @Nullable String value(String name) {
    return values[known.indexOf(name)];
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(value(name));
  }

  String require(String name) {
    String value = value(name);
    if (value == null || value.isEmpty()) {
      throw new Problem(Code.MISSING_PARAMETER, "expected the parameter '" + name + "'");
    }
    return value;
  }

  boolean flag(String name) {
    String value = value(name);
    if (value == null || value.equals("false")) {
      return false;
    }
    if (value.equals("true")) {
      return true;
    }
    throw new Problem(
        Code.BAD_REQUEST, "expected " + name + "=true or false, found " + Problem.quote(value));
  }

  long number(String name, long least, long most, long otherwise) {
    String value = value(name);
    if (value == null) {
      return otherwise;
    }
    long number = digits(value);
    if (number < least || number > most) {
      throw new Problem(
          Code.BAD_REQUEST,
          "expected %s from %d to %d, found %s".formatted(name, least, most, Problem.quote(value)));
    }
    return number;
  }

  /** -1 for anything but up to 18 digits. */
  static long digits(String value) {
    boolean plain = !value.isEmpty() && value.length() <= 18;
    for (int i = 0; plain && i < value.length(); i++) {
      plain = value.charAt(i) >= '0' && value.charAt(i) <= '9';
    }
    return plain ? Long.parseLong(value) : -1;
  }
}
