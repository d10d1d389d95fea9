package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.util.List;

/**
 * A variable of a pattern and the values it may take: {@code {val1:int:1,2,4,8}}.
 *
 * @param integer whether its values are numbers, which may be divided
 * @param values distinct, sorted as strings
 */
public record Variable(boolean integer, List<String> values) {

  public Variable {
    values = values.stream().distinct().sorted().toList();
  }

  /** Parses what follows the name: {@code int:1,2,4,8} or {@code string:"a","b"}. */
  static Variable parse(String typeAndValues) throws MalformedException {
    int colon = typeAndValues.indexOf(':');
    String type = colon < 0 ? typeAndValues : typeAndValues.substring(0, colon);
    String list = colon < 0 ? "" : typeAndValues.substring(colon + 1);
    return switch (type) {
      case "int" -> new Variable(true, VariableValues.integers(list));
      case "string" -> new Variable(false, VariableValues.strings(list));
      default ->
          throw new MalformedException(
              "expected a variable of type int or string, found " + Quoted.of(type));
    };
  }

  /** A number of any size without leading zeros. */
  static String number(String digits) throws MalformedException {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedException("expected a decimal number, found " + Quoted.of(digits));
    }
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    return digits.substring(first);
  }
}
