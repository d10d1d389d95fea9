package io.fleetcompat.compatibility.facet;

import java.util.List;

/**
 * A variable of a pattern and the values it may take: {@code {val1:int:1,2,4,8}}.
 *
 * @param integer whether its values are numbers, which may be divided
 * @param values distinct, sorted as strings
 */
public record Variable(boolean integer, List<String> values) {

  /** Most values of one variable. */
  public static final int MAX_VALUES = 256;

  private static final int MAX_DIGITS = 18;

  public Variable {
    values = values.stream().distinct().sorted().toList();
  }

  /** Parses what follows the name: {@code int:1,2,4,8} or {@code string:"a","b"}. */
  static Variable parse(String typeAndValues) throws MalformedException {
    int colon = typeAndValues.indexOf(':');
    String type = colon < 0 ? typeAndValues : typeAndValues.substring(0, colon);
    String list = colon < 0 ? "" : typeAndValues.substring(colon + 1);
    return switch (type) {
      case "int" -> new Variable(true, bounded(VariableValues.integers(list)));
      case "string" -> new Variable(false, bounded(VariableValues.strings(list)));
      default ->
          throw new MalformedException(
              "expected a variable of type int or string, found " + Quoted.of(type));
    };
  }

  /** A number without leading zeros. */
  static String number(String digits) throws MalformedException {
    boolean decimal = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!decimal || digits.length() > MAX_DIGITS) {
      throw new MalformedException(
          "expected a decimal number of at most "
              + MAX_DIGITS
              + " digits, found "
              + Quoted.of(digits));
    }
    return Long.toString(Long.parseLong(digits));
  }

  private static List<String> bounded(List<String> values) throws MalformedException {
    if (values.size() > MAX_VALUES) {
      throw new MalformedException(
          "expected at most " + MAX_VALUES + " values of a variable, found " + values.size());
    }
    return values;
  }
}
