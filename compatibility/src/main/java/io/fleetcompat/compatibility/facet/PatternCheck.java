package io.fleetcompat.compatibility.facet;

import io.fleetcompat.compatibility.facet.ValuePattern.Literal;
import io.fleetcompat.compatibility.facet.ValuePattern.Part;
import io.fleetcompat.compatibility.facet.ValuePattern.Quotient;
import io.fleetcompat.compatibility.facet.ValuePattern.Template;
import io.fleetcompat.compatibility.facet.ValuePattern.Use;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The conditions that every pattern meets, wherever it comes from: nothing that matches it need
 * check again.
 */
final class PatternCheck {

  private final Map<String, Variable> variables;
  private final Set<String> used = new HashSet<>();
  private int uses;

  private PatternCheck(Map<String, Variable> variables) {
    this.variables = variables;
  }

  /** Bounds, a declaration for each use, a use for each declaration, numbers where one divides. */
  static void check(
      SortedMap<String, List<ValuePattern>> attributes, SortedMap<String, Variable> variables)
      throws MalformedException {
    require(attributes.size(), Pattern.MAX_ATTRIBUTES, "attributes in one pattern");
    for (Variable variable : variables.values()) {
      check(variable);
    }
    new PatternCheck(variables).check(attributes.values());
  }

  static void require(int found, int most, String what) throws MalformedException {
    if (found > most) {
      throw new MalformedException("expected at most " + most + " " + what + ", found more");
    }
  }

  private static void check(Variable variable) throws MalformedException {
    if (variable.integer()) {
      for (String value : variable.values()) {
        Variable.number(value);
      }
    }
  }

  private void check(Collection<List<ValuePattern>> attributes) throws MalformedException {
    for (List<ValuePattern> accepted : attributes) {
      for (ValuePattern pattern : accepted) {
        if (pattern instanceof Template(List<Part> parts)) {
          parts(parts);
        }
      }
    }
    require(uses, Pattern.MAX_USES, "uses of variables in one pattern");
    for (String declared : variables.keySet()) {
      if (!used.contains(declared)) {
        throw new MalformedException("found the variable {" + declared + "} declared, not used");
      }
    }
  }

  private void parts(List<Part> parts) throws MalformedException {
    for (Part part : parts) {
      switch (part) {
        case Literal literal -> {}
        case Use(String name) -> used(name);
        case Quotient(String name, BigInteger _) -> {
          if (!used(name).integer()) {
            throw new MalformedException("found a division of the string variable {" + name + "}");
          }
        }
      }
    }
  }

  private Variable used(String name) throws MalformedException {
    uses++;
    used.add(name);
    Variable variable = variables.get(name);
    if (variable == null) {
      throw undeclared(name);
    }
    return variable;
  }

  static MalformedException undeclared(String name) {
    return new MalformedException("found the variable {" + name + "} used but not declared");
  }
}
