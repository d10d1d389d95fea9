package io.fleetcompat.compatibility.facet;

import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.List;

/** The list of values in a variable's declaration. */
final class VariableValues {

  private VariableValues() {}

  /** {@code 1,2,4,8}: decimal numbers. */
  static List<String> integers(String list) throws MalformedException {
    List<String> values = new ArrayList<>();
    for (String number : list.split(",", -1)) {
      values.add(Variable.number(number.strip()));
    }
    return values;
  }

  /** {@code "a","b"}: whatever is in quotes; a quote itself cannot be. */
  static List<String> strings(String list) throws MalformedException {
    List<String> values = new ArrayList<>();
    int at = skipSpace(list, 0);
    while (true) {
      int end = at < list.length() && list.charAt(at) == '"' ? list.indexOf('"', at + 1) : -1;
      if (end < 0) {
        throw new MalformedException(
            "expected values in double quotes, found " + Quoted.of(list.substring(at)));
      }
      values.add(list.substring(at + 1, end));
      at = skipSpace(list, end + 1);
      if (at == list.length()) {
        return values;
      }
      if (list.charAt(at) != ',') {
        throw new MalformedException(
            "expected a comma between values, found " + Quoted.of(list.substring(at)));
      }
      at = skipSpace(list, at + 1);
    }
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
