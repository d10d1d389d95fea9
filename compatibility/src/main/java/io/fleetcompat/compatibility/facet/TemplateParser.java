package io.fleetcompat.compatibility.facet;

import io.fleetcompat.compatibility.facet.ValuePattern.Literal;
import io.fleetcompat.compatibility.facet.ValuePattern.Part;
import io.fleetcompat.compatibility.facet.ValuePattern.Quotient;
import io.fleetcompat.compatibility.facet.ValuePattern.Use;
import io.fleetcompat.inventory.Quoted;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of a value pattern into literals and uses of variables. One use. */
final class TemplateParser {

  /** Learns of every pair of braces; gives the name of the variable that is used there. */
  @FunctionalInterface
  interface Braces {
    String variable(String inside) throws MalformedException;
  }

  private final String text;
  private final Braces braces;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private int at;

  private TemplateParser(String text, Braces braces) {
    this.text = text;
    this.braces = braces;
  }

  /** The parts in order; no two literals are neighbours, none is empty. */
  static List<Part> parse(String text, Braces braces) throws MalformedException {
    return new TemplateParser(text, braces).parse();
  }

  private List<Part> parse() throws MalformedException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '{') {
        endLiteral();
        int end = closingBrace();
        String variable = braces.variable(text.substring(at + 1, end));
        at = end + 1;
        parts.add(usePossiblyDivided(variable));
      } else if (c == '}') {
        throw new MalformedException("found a '}' without its '{' in " + Quoted.of(text));
      } else {
        literal.append(c);
        at++;
      }
    }
    endLiteral();
    return parts;
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  /** A brace in double quotes belongs to a declared value. */
  private int closingBrace() throws MalformedException {
    boolean quoted = false;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '}' && !quoted) {
        return i;
      } else if (c == '{' && !quoted) {
        break;
      }
    }
    throw new MalformedException("expected a '}' for the '{' in " + Quoted.of(text));
  }

  /** A slash that digits do not follow is a literal. */
  private Part usePossiblyDivided(String variable) throws MalformedException {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    if (at >= text.length() || text.charAt(at) != '/' || end == at + 1) {
      return new Use(variable);
    }
    BigInteger divisor = new BigInteger(text.substring(at + 1, end));
    if (divisor.signum() == 0) {
      throw new MalformedException("found a division by zero in " + Quoted.of(text));
    }
    at = end;
    return new Quotient(variable, divisor);
  }
}
