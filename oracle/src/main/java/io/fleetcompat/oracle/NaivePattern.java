package io.fleetcompat.oracle;

import io.fleetcompat.oracle.NaiveTemplate.Declaration;
import io.fleetcompat.oracle.NaiveTemplate.Part;
import io.fleetcompat.oracle.NaiveTemplate.Use;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One alternative of a {@code compatible} list. It matches if there is any choice of values for its
 * variables under which every attribute matches: all choices are tried.
 *
 * @param lines accepted values by attribute, any of which may match
 */
record NaivePattern(Map<String, List<NaiveTemplate>> lines, Map<String, Declaration> variables) {

  /** Attributes of one pattern or self; more are malformed, and so are these. */
  static final int MAX_ATTRIBUTES = 16_384;

  /** Uses of variables in one pattern. */
  private static final int MAX_USES = 256;

  static void requireAtMost(int most, int found) throws BadFacetException {
    if (found > most) {
      throw new BadFacetException("more than " + most);
    }
  }

  /**
   * @param ordered whether a variable must be declared where it is first used
   */
  static NaivePattern of(Map<String, List<String>> values, boolean ordered)
      throws BadFacetException {
    Map<String, List<NaiveTemplate>> lines = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>();
    requireAtMost(MAX_ATTRIBUTES, values.size());
    for (var entry : values.entrySet()) {
      List<NaiveTemplate> templates = new ArrayList<>();
      for (String value : entry.getValue()) {
        templates.add(NaiveTemplate.parse(value));
        parts.addAll(templates.getLast().parts());
      }
      lines.put(entry.getKey(), templates);
    }
    Map<String, Declaration> variables = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    for (Part part : parts) {
      if (part instanceof Use(String name, var ignored)) {
        used.add(name);
      }
      if (part instanceof Declaration declaration) {
        boolean late = ordered && used.contains(declaration.name());
        if (late || variables.put(declaration.name(), declaration) != null) {
          throw new BadFacetException("declared twice, or after its first use");
        }
      }
    }
    requireAtMost(MAX_USES, (int) parts.stream().filter(Use.class::isInstance).count());
    for (Part part : parts) {
      if (part instanceof Use use) {
        check(use, variables);
      }
    }
    // A value that a file repeats is accepted no more than one that it has once.
    lines.replaceAll((key, list) -> list.stream().map(NaiveTemplate::meaning).distinct().toList());
    return new NaivePattern(lines, variables);
  }

  private static void check(Use use, Map<String, Declaration> variables) throws BadFacetException {
    Declaration declaration = variables.get(use.name());
    if (declaration == null) {
      throw new BadFacetException("undeclared");
    }
    if (use.divisor().isPresent()
        && (!declaration.integer() || use.divisor().get().equals(BigInteger.ZERO))) {
      throw new BadFacetException("division of a string or by zero");
    }
  }

  boolean matches(Map<String, String> self, NaiveSteps steps) {
    return lines.keySet().containsAll(self.keySet())
        && someChoice(self, List.copyOf(variables.values()), new HashMap<>(), steps);
  }

  private boolean someChoice(
      Map<String, String> self,
      List<Declaration> open,
      Map<String, String> chosen,
      NaiveSteps steps) {
    if (open.isEmpty()) {
      return lines.entrySet().stream()
          .allMatch(line -> someLine(line.getValue(), self.get(line.getKey()), chosen, steps));
    }
    for (String value : open.getFirst().values()) {
      chosen.put(open.getFirst().name(), value);
      if (someChoice(self, open.subList(1, open.size()), chosen, steps)) {
        return true;
      }
    }
    return false;
  }

  private static boolean someLine(
      List<NaiveTemplate> templates,
      @Nullable String self,
      Map<String, String> chosen,
      NaiveSteps steps) {
    for (NaiveTemplate template : templates) {
      Optional<String> text = template.text(chosen);
      steps.spend(text.map(String::length).orElse(0));
      if (text.isPresent() && equal(template, text.get(), self)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(NaiveTemplate template, String text, @Nullable String self) {
    if (self == null) {
      return template.isPlain() && text.isEmpty();
    }
    return NaiveValue.normal(text).equals(NaiveValue.normal(self));
  }
}
