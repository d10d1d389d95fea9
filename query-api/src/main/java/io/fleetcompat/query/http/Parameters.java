package io.fleetcompat.query.http;

import io.fleetcompat.query.http.Problem.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a query, decoded once; each is known and given at most once. */
final class Parameters {

  /** Most parameters of a request. */
  static final int MAX_PARAMETERS = 32;

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /** Parses {@code a=b&c=d}, without the question mark. */
  static Parameters parse(String query, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    int begin = 0;
    while (begin < query.length()) {
      int end = query.indexOf('&', begin);
      String pair = query.substring(begin, end < 0 ? query.length() : end);
      begin = end < 0 ? query.length() : end + 1;
      if (!pair.isEmpty()) {
        add(pair, known, values);
      }
    }
    return new Parameters(values);
  }

  private static void add(String pair, Set<String> known, Map<String, String> values) {
    int equals = pair.indexOf('=');
    String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
    if (!known.contains(name)) {
      throw new Problem(
          Code.UNKNOWN_PARAMETER,
          "expected one of " + known.stream().sorted().toList() + ", found " + Problem.quote(name));
    }
    String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
    if (values.put(name, value) != null || values.size() > MAX_PARAMETERS) {
      throw new Problem(Code.BAD_REQUEST, "expected '" + name + "' once, found it again");
    }
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
          Code.BAD_REQUEST, "expected UTF-8 after percent-decoding " + Problem.quote(text));
    }
  }

  private static byte hex(byte[] in, int at, String text) {
    int high = at + 1 < in.length ? Character.digit(in[at], 16) : -1;
    int low = at + 1 < in.length ? Character.digit(in[at + 1], 16) : -1;
    if (high < 0 || low < 0) {
      throw new Problem(
          Code.BAD_REQUEST, "expected two hexadecimal digits after '%' in " + Problem.quote(text));
    }
    return (byte) ((high << 4) | low);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  String require(String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw new Problem(Code.MISSING_PARAMETER, "expected the parameter '" + name + "'");
    }
    return value;
  }

  boolean flag(String name) {
    String value = values.get(name);
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
    String value = values.get(name);
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
  private static long digits(String value) {
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : -1;
  }
}
