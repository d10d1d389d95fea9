package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.facet.NormalForm;
import io.fleetcompat.compatibility.facet.Pattern;
import io.fleetcompat.compatibility.facet.ValuePattern;
import io.fleetcompat.compatibility.facet.ValuePattern.Exact;
import io.fleetcompat.compatibility.facet.ValuePattern.Literal;
import io.fleetcompat.compatibility.facet.ValuePattern.Part;
import io.fleetcompat.compatibility.facet.ValuePattern.Quotient;
import io.fleetcompat.compatibility.facet.ValuePattern.Template;
import io.fleetcompat.compatibility.facet.ValuePattern.Use;
import io.fleetcompat.compatibility.facet.Variable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for one binding of a pattern's variables under which it matches a self: depth first, by
 * attribute and by variable, within a budget of steps that several searches share. Whether the
 * budget is used up depends on patterns and selves alone, never on time. One use at a time.
 */
final class PatternSearch {

  private final SearchBudget budget;
  private final Pattern pattern;
  private final SortedMap<String, String> self;
  private final List<String> open;
  private final Map<String, String> binding = new HashMap<>();
  private final List<String> failing = new ArrayList<>();

  private PatternSearch(Pattern pattern, SortedMap<String, String> self, SearchBudget budget) {
    this.pattern = pattern;
    this.self = self;
    this.budget = budget;
    this.open = pattern.open();
  }

  /**
   * True where the pattern matches. False also where the budget is exhausted: the caller must ask
   * the budget.
   */
  static boolean matches(Pattern pattern, SortedMap<String, String> self, SearchBudget budget) {
    if (!budget.compare()) {
      return false;
    }
    for (String attribute : self.keySet()) {
      if (!pattern.attributes().containsKey(attribute)) {
        return false;
      }
    }
    List<String> open = pattern.open();
    for (Map.Entry<String, List<ValuePattern>> entry : pattern.attributes().entrySet()) {
      boolean plain = open.isEmpty() || !open.contains(entry.getKey());
      if (plain && !plainMatches(entry.getValue(), self.get(entry.getKey()))) {
        return false;
      }
    }
    return open.isEmpty() || new PatternSearch(pattern, self, budget).search(0, 0);
  }

  /**
   * The fewest attributes that fail under one binding, sorted; all that have variables where the
   * budget does not suffice to tell.
   */
  static List<String> failing(
      Pattern pattern, SortedMap<String, String> self, SearchBudget budget) {
    List<String> fixed = new ArrayList<>(self.keySet());
    fixed.removeAll(pattern.attributes().keySet());
    pattern
        .attributes()
        .forEach(
            (attribute, accepted) -> {
              if (!pattern.open().contains(attribute)
                  && !plainMatches(accepted, self.get(attribute))) {
                fixed.add(attribute);
              }
            });
    fixed.addAll(openFailing(pattern, self, budget));
    return fixed.stream().sorted().toList();
  }

  private static List<String> openFailing(
      Pattern pattern, SortedMap<String, String> self, SearchBudget budget) {
    for (int allowed = 0; allowed < pattern.open().size(); allowed++) {
      PatternSearch search = new PatternSearch(pattern, self, budget);
      if (search.search(0, allowed)) {
        return search.failing;
      }
    }
    return pattern.open();
  }

  private static boolean plainMatches(List<ValuePattern> accepted, @Nullable String value) {
    for (ValuePattern candidate : accepted) {
      if (candidate instanceof Exact exact && exactMatches(exact, value)) {
        return true;
      }
    }
    return false;
  }

  /** The empty value also stands for an absent attribute. */
  private static boolean exactMatches(Exact exact, @Nullable String value) {
    return value == null ? exact.text().isEmpty() : exact.text().equals(value);
  }

  /** Searches from the given open attribute on, with so many more of them allowed to fail. */
  private boolean search(int index, int allowed) {
    if (index == open.size()) {
      return true;
    }
    String attribute = open.get(index);
    String value = self.get(attribute);
    int length = value == null ? 0 : value.length();
    for (ValuePattern accepted : Objects.requireNonNull(pattern.attributes().get(attribute))) {
      if (!budget.spend(length)) {
        return false;
      }
      boolean found =
          switch (accepted) {
            case Exact exact -> exactMatches(exact, value) && search(index + 1, allowed);
            case Template template ->
                value != null && new Expansion(template, value, index, allowed).start();
          };
      if (found) {
        return true;
      }
    }
    if (allowed == 0) {
      return false;
    }
    failing.add(attribute);
    if (search(index + 1, allowed - 1)) {
      return true;
    }
    failing.removeLast();
    return false;
  }

  /** Tries the values of a template's variables from left to right. */
  private final class Expansion {

    private final List<Part> parts;
    private final String value;
    private final int index;
    private final int allowed;
    private final Target target;
    private final StringBuilder text = new StringBuilder();

    Expansion(Template template, String value, int index, int allowed) {
      this.parts = template.parts();
      this.value = value;
      this.index = index;
      this.allowed = allowed;
      this.target = new Target(value);
    }

    boolean start() {
      return from(0, 0, 0);
    }

    /**
     * Tries the parts from this one on; the text before it takes both targets so far, and -1 says
     * that it leaves one.
     */
    private boolean from(int part, int plain, int prefixed) {
      if (part == parts.size()) {
        return target.isReached(plain, prefixed)
            && NormalForm.of(NormalForm.tightened(text.toString())).equals(value)
            && search(index + 1, allowed);
      }
      return switch (parts.get(part)) {
        case Literal(String literal) -> append(literal, part, plain, prefixed);
        case Use(String variable) -> variable(variable, BigInteger.ONE, part, plain, prefixed);
        case Quotient(String variable, BigInteger divisor) ->
            variable(variable, divisor, part, plain, prefixed);
      };
    }

    private boolean variable(String name, BigInteger divisor, int part, int plain, int prefixed) {
      String bound = binding.get(name);
      if (bound != null) {
        return divided(bound, divisor, part, plain, prefixed);
      }
      Variable variable = Objects.requireNonNull(pattern.variables().get(name));
      for (String candidate : variable.values()) {
        binding.put(name, candidate);
        if (divided(candidate, divisor, part, plain, prefixed)) {
          return true;
        }
        binding.remove(name);
      }
      return false;
    }

    private boolean divided(String bound, BigInteger divisor, int part, int plain, int prefixed) {
      if (divisor.equals(BigInteger.ONE)) {
        return append(bound, part, plain, prefixed);
      }
      if (!budget.spendNumber(bound.length())) {
        return false;
      }
      BigInteger[] quotient = new BigInteger(bound).divideAndRemainder(divisor);
      return quotient[1].signum() == 0 && append(quotient[0].toString(), part, plain, prefixed);
    }

    private boolean append(String piece, int part, int plain, int prefixed) {
      if (!budget.spend(piece.length())) {
        return false;
      }
      String loose = Target.loose(piece);
      int nextPlain = target.plain(loose, plain);
      int nextPrefixed = target.prefixed(loose, prefixed);
      if (nextPlain < 0 && nextPrefixed < 0) {
        return false;
      }
      int length = text.length();
      text.append(piece);
      boolean found = from(part + 1, nextPlain, nextPrefixed);
      text.setLength(length);
      return found;
    }
  }

  /**
   * A necessary condition for a text to have a value as its normal form, which can be checked from
   * left to right: letters and digits alone agree, but for a leading {@code 0x}. It prunes the
   * search; the normal form itself decides.
   */
  private record Target(String plain, String prefixed) {

    Target(String value) {
      this(loose(value), "0x" + loose(value));
    }

    /** Lower case, without white space, quotes and colons; {@code _} is {@code -}. */
    static String loose(String text) {
      StringBuilder loose = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c != '"' && c != ':' && !Character.isWhitespace(c)) {
          loose.append(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
      }
      return loose.toString();
    }

    int plain(String piece, int at) {
      return at >= 0 && plain.startsWith(piece, at) ? at + piece.length() : -1;
    }

    int prefixed(String piece, int at) {
      return at >= 0 && prefixed.startsWith(piece, at) ? at + piece.length() : -1;
    }

    boolean isReached(int plainAt, int prefixedAt) {
      return plainAt == plain.length() || prefixedAt == prefixed.length();
    }
  }
}
