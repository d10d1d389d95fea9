package io.fleetcompat.compatibility.facet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One alternative of a {@code compatible} list: what each attribute of an accepted source must be.
 * Attributes are AND, the value patterns of one attribute are OR; a variable is the same binding in
 * all of them.
 */
public final class Pattern {

  /** Most attributes of one pattern, or of one self: as many as a file of 64 KiB can hold. */
  public static final int MAX_ATTRIBUTES = 16 * 1024;

  /** Most uses of variables in one pattern: it bounds how deep matching recurses. */
  public static final int MAX_USES = 256;

  private static final String ATTRIBUTES = "attributes";
  private static final String VARIABLES = "variables";
  private static final String INT = "int";
  private static final String STRING = "string";

  private final SortedMap<String, List<ValuePattern>> attributes;
  private final SortedMap<String, Variable> variables;
  private final List<String> open;

  Pattern(SortedMap<String, List<ValuePattern>> attributes, SortedMap<String, Variable> variables) {
    this.attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
    this.variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    this.open =
        attributes.entrySet().stream()
            .filter(entry -> isOpen(entry.getValue()))
            .sorted(Comparator.comparing(Pattern::divides))
            .map(Map.Entry::getKey)
            .toList();
  }

  /** Value patterns by attribute. */
  public SortedMap<String, List<ValuePattern>> attributes() {
    return attributes;
  }

  /** The variables by name; each is used somewhere. */
  public SortedMap<String, Variable> variables() {
    return variables;
  }

  /** The attributes that have variables; those that divide come last: something must bind first. */
  public List<String> open() {
    return open;
  }

  private static boolean isOpen(List<ValuePattern> patterns) {
    return patterns.stream().anyMatch(ValuePattern.Template.class::isInstance);
  }

  private static boolean divides(Map.Entry<String, List<ValuePattern>> entry) {
    return entry.getValue().stream()
        .anyMatch(pattern -> pattern instanceof ValuePattern.Template t && t.divides());
  }

  ObjectNode toJson() {
    ObjectNode json = FacetJson.object();
    ObjectNode into = json.putObject(ATTRIBUTES);
    attributes.forEach(
        (name, patterns) ->
            into.set(name, FacetJson.array(patterns, p -> FacetJson.text(p.toString()))));
    ObjectNode declared = json.putObject(VARIABLES);
    variables.forEach(
        (name, variable) ->
            declared
                .putObject(name)
                .set(variable.integer() ? INT : STRING, FacetJson.texts(variable.values())));
    return json;
  }

  static Pattern fromJson(JsonNode json) {
    SortedMap<String, List<ValuePattern>> attributes = new TreeMap<>();
    json.path(ATTRIBUTES)
        .properties()
        .forEach(
            entry ->
                attributes.put(
                    entry.getKey(),
                    FacetJson.asList(entry.getValue(), p -> valuePattern(FacetJson.asText(p)))));
    SortedMap<String, Variable> variables = new TreeMap<>();
    json.path(VARIABLES)
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), variable(entry.getValue())));
    try {
      PatternCheck.check(attributes, variables);
    } catch (MalformedException e) {
      throw new IllegalArgumentException(e.problem(), e);
    }
    return new Pattern(attributes, variables);
  }

  /** A value pattern that is in normal form already: braces are uses, nothing declares. */
  private static ValuePattern valuePattern(String text) throws MalformedException {
    return text.indexOf('{') < 0
        ? new ValuePattern.Exact(text)
        : new ValuePattern.Template(TemplateParser.parse(text, name -> name));
  }

  private static Variable variable(JsonNode json) {
    boolean integer = json.has(INT);
    return new Variable(integer, FacetJson.asTexts(json.path(integer ? INT : STRING)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pattern pattern
        && pattern.attributes.equals(attributes)
        && pattern.variables.equals(variables);
  }

  @Override
  public int hashCode() {
    return Objects.hash(attributes, variables);
  }

  @Override
  public String toString() {
    return attributes + " where " + variables;
  }
}
