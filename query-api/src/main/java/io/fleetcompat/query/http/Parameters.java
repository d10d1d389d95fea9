package io.fleetcompat.query.http;

import io.fleetcompat.inventory.PercentCode;
import io.fleetcompat.query.http.Problem.Code;
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
    try {
      return plusIsSpace ? PercentCode.decodeQuery(text) : PercentCode.decode(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(Code.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
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
