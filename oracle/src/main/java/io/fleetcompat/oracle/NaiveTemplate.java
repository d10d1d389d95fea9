package io.fleetcompat.oracle;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value of a pattern of 3.2: text with variables in it. */
record NaiveTemplate(List<Part> parts) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern INTEGER = Pattern.compile("\\s*([0-9]+)\\s*(,|$)");
  private static final Pattern STRING = Pattern.compile("\\s*\"([^\"]*)\"\\s*(,|$)");
  private static final Pattern DIVISION = Pattern.compile("/([0-9]+)");

  sealed interface Part {}

  record Literal(String text) implements Part {}

  /** Comes before the use at the same place. */
  record Declaration(String name, boolean integer, SortedSet<String> values) implements Part {
    Declaration {
      values = Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
  }

  /**
   * @param divisor empty where it is used as it is
   */
  record Use(String name, Optional<BigInteger> divisor) implements Part {}

  static NaiveTemplate parse(String value) throws BadFacetException {
    String text = NaiveSelfText.value(value);
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '}') {
        throw new BadFacetException("a stray }");
      }
      if (c != '{') {
        int end = at;
        while (end < text.length() && text.charAt(end) != '{' && text.charAt(end) != '}') {
          end++;
        }
        parts.add(new Literal(text.substring(at, end)));
        at = end;
        continue;
      }
      int close = close(text, at);
      Part part = braces(text.substring(at + 1, close));
      at = close + 1;
      Matcher division = DIVISION.matcher(text).region(at, text.length());
      if (part instanceof Declaration declaration) {
        parts.add(declaration);
        part = new Use(declaration.name(), Optional.empty());
      }
      if (part instanceof Use(String name, var ignored) && division.lookingAt()) {
        part = new Use(name, Optional.of(new BigInteger(division.group(1))));
        at = division.end();
      }
      parts.add(part);
    }
    return new NaiveTemplate(List.copyOf(parts));
  }

  /** True if every value is the same: there is no variable in it. */
  boolean isPlain() {
    return parts.stream().allMatch(Literal.class::isInstance);
  }

  /** The same without declarations, and a plain text in its normal form: what it means. */
  NaiveTemplate meaning() {
    if (isPlain()) {
      String text = NaiveValue.normal(text(Map.of()).orElseThrow());
      return new NaiveTemplate(List.of(new Literal(text)));
    }
    return new NaiveTemplate(parts.stream().filter(p -> !(p instanceof Declaration)).toList());
  }

  /** The text under an assignment of values to variables; empty where a division is not exact. */
  Optional<String> text(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Literal(String literal) -> text.append(literal);
        case Declaration declaration -> {}
        case Use(String name, Optional<BigInteger> divisor) -> {
          if (divisor.isEmpty()) {
            text.append(values.get(name));
            continue;
          }
          BigInteger[] result =
              new BigInteger(values.getOrDefault(name, "0")).divideAndRemainder(divisor.get());
          if (result[1].signum() != 0) {
            return Optional.empty();
          }
          text.append(result[0]);
        }
      }
    }
    return Optional.of(text.toString());
  }

  private static Part braces(String inside) throws BadFacetException {
    String[] split = inside.split(":", 3);
    String name = split[0];
    if (!NAME.matcher(name).matches()) {
      throw new BadFacetException("a bad variable name");
    }
    if (split.length == 1) {
      return new Use(name, Optional.empty());
    }
    boolean integer = split[1].equals("int");
    if (split.length != 3 || !(integer || split[1].equals("string"))) {
      throw new BadFacetException("an unknown type");
    }
    return new Declaration(name, integer, values(split[2], integer));
  }

  private static SortedSet<String> values(String list, boolean integer) throws BadFacetException {
    SortedSet<String> values = new TreeSet<>();
    Matcher value = (integer ? INTEGER : STRING).matcher(list);
    boolean more = true;
    for (int at = 0; more; at = value.end()) {
      if (!value.region(at, list.length()).lookingAt()) {
        throw new BadFacetException("bad values");
      }
      values.add(integer ? new BigInteger(value.group(1)).toString() : value.group(1));
      more = value.group(2).equals(",");
    }
    return values;
  }

  /** The brace that closes the one at that place; braces in quotes do not count. */
  private static int close(String text, int open) throws BadFacetException {
    boolean quoted = false;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '}' && !quoted) {
        return i;
      }
    }
    throw new BadFacetException("an unclosed brace");
  }
}
