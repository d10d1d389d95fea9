package io.fleetcompat.compatibility.facet;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** The values that one attribute of a pattern accepts. */
public sealed interface ValuePattern {

  /** A value in normal form; the empty one also matches an absent attribute. */
  record Exact(String text) implements ValuePattern {
    @Override
    public String toString() {
      return text;
    }
  }

  /** Text with variables in it: under a binding it is a value. */
  record Template(List<Part> parts) implements ValuePattern {

    public Template {
      parts = List.copyOf(parts);
    }

    /** True where it divides a variable. */
    public boolean divides() {
      return parts.stream().anyMatch(Quotient.class::isInstance);
    }

    /** The spelling, but for declarations, which are like any other use. */
    @Override
    public String toString() {
      return parts.stream().map(Part::toString).collect(Collectors.joining());
    }
  }

  /** A piece of a template. */
  sealed interface Part {}

  /** Text without braces. */
  record Literal(String text) implements Part {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The value of a variable. */
  record Use(String variable) implements Part {
    @Override
    public String toString() {
      return "{" + variable + "}";
    }
  }

  /** The value of an integer variable, divided; only where the division is exact. */
  record Quotient(String variable, BigInteger divisor) implements Part {
    @Override
    public String toString() {
      return "{" + variable + "}/" + divisor;
    }
  }
}
