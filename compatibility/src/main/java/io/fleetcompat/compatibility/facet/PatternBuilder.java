package io.fleetcompat.compatibility.facet;

import io.fleetcompat.compatibility.facet.ValuePattern.Exact;
import io.fleetcompat.compatibility.facet.ValuePattern.Literal;
import io.fleetcompat.compatibility.facet.ValuePattern.Part;
import io.fleetcompat.compatibility.facet.ValuePattern.Template;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds one pattern, attribute by attribute, and checks that each variable is declared once. */
final class PatternBuilder {

  private static final java.util.regex.Pattern NAME =
      java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final boolean ordered;
  private final SortedMap<String, List<ValuePattern>> attributes = new TreeMap<>();
  private final SortedMap<String, Variable> variables = new TreeMap<>();
  private int uses;

  /**
   * @param ordered whether attributes come in an order, so that a variable must be declared before
   *     it is used
   */
  PatternBuilder(boolean ordered) {
    this.ordered = ordered;
  }

  boolean isEmpty() {
    return attributes.isEmpty();
  }

  PatternBuilder add(String attribute, List<String> values) throws MalformedException {
    List<ValuePattern> patterns = new ArrayList<>(values.size());
    for (String value : values) {
      patterns.add(valuePattern(value));
    }
    if (attributes.put(attribute, patterns.stream().distinct().toList()) != null) {
      throw new MalformedException("found the attribute " + Quoted.of(attribute) + " twice");
    }
    PatternCheck.require(attributes.size(), Pattern.MAX_ATTRIBUTES, "attributes in one pattern");
    return this;
  }

  Pattern build() throws MalformedException {
    PatternCheck.check(attributes, variables);
    return new Pattern(attributes, variables);
  }

  private ValuePattern valuePattern(String value) throws MalformedException {
    String text = NormalForm.tightened(NormalForm.unquoted(value));
    List<Part> parts = TemplateParser.parse(text, this::variable);
    boolean plain = parts.stream().allMatch(Literal.class::isInstance);
    return plain ? new Exact(NormalForm.of(text)) : new Template(parts);
  }

  /** {@code name} uses a variable, {@code name:type:values} declares one. */
  private String variable(String inside) throws MalformedException {
    PatternCheck.require(++uses, Pattern.MAX_USES, "uses of variables in one pattern");
    int colon = inside.indexOf(':');
    String name = colon < 0 ? inside : inside.substring(0, colon);
    if (!NAME.matcher(name).matches()) {
      throw new MalformedException("expected the name of a variable, found " + Quoted.of(name));
    }
    if (colon >= 0 && variables.put(name, Variable.parse(inside.substring(colon + 1))) != null) {
      throw new MalformedException("found the variable {" + name + "} declared twice");
    }
    if (ordered && !variables.containsKey(name)) {
      throw PatternCheck.undeclared(name);
    }
    return name;
  }
}
