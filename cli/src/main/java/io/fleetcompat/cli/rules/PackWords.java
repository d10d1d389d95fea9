package io.fleetcompat.cli.rules;

import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.pack.Condition;
import io.fleetcompat.compatibility.pack.ElementField;
import io.fleetcompat.compatibility.pack.Exemption;
import io.fleetcompat.compatibility.pack.Glob;
import io.fleetcompat.compatibility.pack.MissingValue;
import io.fleetcompat.compatibility.pack.Operator;
import io.fleetcompat.compatibility.pack.PackMatch;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.PairOperator;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.pack.ValueOperator;
import io.fleetcompat.compatibility.yaml.Citation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The words in which people are told what a rule pack says. */
final class PackWords {

  private PackWords() {}

  /** The origin of a pack. */
  static String origin(RulePacks packs, RulePack pack) {
    boolean builtIn = RulePacks.builtIn().find(pack.id()).isPresent();
    return packs
        .fileOf(pack)
        .map(file -> file + (builtIn ? " (in place of the built-in one)" : ""))
        .orElse("built in");
  }

  /** The devices that it selects, in short. */
  static String selected(RulePack pack) {
    PackMatch match = pack.match();
    String kinds = match.kinds().stream().sorted().map(Object::toString).collect(joined());
    String drivers =
        match.drivers().isEmpty()
            ? "any driver"
            : match.drivers().stream().map(Glob::toString).collect(joined());
    String where =
        match.where().values().isEmpty() ? "" : " where " + condition(match.where(), " and ");
    return kinds + " of " + drivers + where;
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  /** A condition: each address with its values. */
  static String condition(Condition condition, String between) {
    return condition.values().entrySet().stream()
        .map(
            entry ->
                entry.getKey()
                    + " is "
                    + entry.getValue().stream()
                        .map(Glob::toString)
                        .collect(Collectors.joining(" or ")))
        .collect(Collectors.joining(between));
  }

  /** The comparison that an operator makes. */
  static String operator(Operator operator) {
    return switch (operator) {
      case ValueOperator value -> value(value);
      case PairOperator.Equal() -> "both values are equal";
      case PairOperator.SetEqual(String separator) ->
          "both lists have the same elements in any order, " + between(separator);
      case PairOperator.Superset(String separator) ->
          "the destination's list has every element of the source's, " + between(separator);
      case PairOperator.BitmaskSuperset() -> "the destination's mask has every bit of the source's";
      case PairOperator.Version() ->
          "the major is the same, and the destination's minor is not below the source's";
      case PairOperator.Ordered() -> "the destination's version is not older than the source's";
      case PairOperator.InDestinationRange() ->
          "the source's number is between the two numbers of the destination";
      case PairOperator.NotPaired(List<List<Glob>> pairs) ->
          "the two values are not one of these pairs, in either order: "
              + pairs.stream()
                  .map(pair -> pair.get(0) + " and " + pair.get(1))
                  .collect(Collectors.joining("; "));
      case PairOperator.DominatedBy(String separator, String inner, List<ElementField> fields) ->
          "each element of the source's list (%s; its parts %s) has one at the destination with %s"
              .formatted(
                  between(separator),
                  between(inner),
                  fields.stream().map(ElementField::words).collect(joined()));
    };
  }

  private static String value(ValueOperator operator) {
    String place =
        switch (operator.side()) {
          case BOTH -> "at both sides";
          case SOURCE -> "at the source";
          case DESTINATION -> "at the destination";
        };
    return "the value " + place + " is " + operator.demand();
  }

  private static String between(String separator) {
    return "with " + (separator.equals("\n") ? "line breaks" : separator) + " between them";
  }

  /** An address with what is there. */
  static String address(String address) {
    return AttributeCatalogue.builtIn()
        .find(address)
        .map(attribute -> address + " (" + attribute.title() + ")")
        .orElse(address);
  }

  private static String supplier(String address) {
    return AttributeCatalogue.builtIn()
        .find(address)
        .map(
            attribute ->
                switch (attribute.suppliedBy()) {
                  case "collector" -> "the collector";
                  case "operator" -> "the operator";
                  default -> "collector/facts: " + attribute.suppliedBy();
                })
        .orElse("nobody");
  }

  /** A rule, line by line: what each line is about, and its words. */
  static Map<String, String> rule(PackRule rule) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("demands", rule.sentence());
    lines.put("compares", rule.addresses().stream().map(PackWords::address).collect(otherwise()));
    rule.range()
        .ifPresent(
            range ->
                lines.put("against", address(range.minimum()) + " to " + address(range.maximum())));
    lines.put("how", operator(rule.operator()));
    rule.covers()
        .ifPresent(
            covers -> lines.put("complete", "it covers all of " + address(covers.address())));
    rule.choice()
        .ifPresent(choice -> lines.put("only if", choice.option() + " is " + choice.value()));
    if (!rule.appliesWhere().values().isEmpty()) {
      lines.put("unless", "at neither side " + condition(rule.appliesWhere(), " and "));
    }
    if (!rule.exemption().isEmpty()) {
      lines.put("not needed", "where " + exemption(rule.exemption()));
    }
    if (!rule.failsWhere().values().isEmpty()) {
      lines.put("a no only", "where " + condition(rule.failsWhere(), " and "));
    }
    if (!rule.equalIfBoth().isEmpty()) {
      lines.put("equal too", "both are " + String.join(" or ", rule.equalIfBoth()));
    }
    lines.put("if not", effect(rule));
    lines.put("missing", missing(rule));
    lines.put(
        "supplied by",
        rule.addresses().stream().map(PackWords::supplier).distinct().collect(joined())
            + ": "
            + rule.supply());
    lines.put("source", sources(rule.sources()));
    return lines;
  }

  private static Collector<CharSequence, ?, String> otherwise() {
    return Collectors.joining("; where that is missing: ");
  }

  private static String effect(PackRule rule) {
    String time =
        switch (rule.failure().time()) {
          case EARLY -> "early, before the source stops";
          case LATE -> "late, in the blackout after the source has stopped";
        };
    String inferred = rule.failure().inferred() ? " (inferred: no document says when)" : "";
    return switch (rule.effect()) {
      case REASON ->
          "INCOMPATIBLE (" + rule.reason() + "); a migration would fail " + time + inferred;
      case WARNING -> "a warning (" + rule.reason() + ")";
      case OBLIGATION -> "an obligation: set the source's value at the destination";
    };
  }

  static String exemption(Exemption exemption) {
    return exemption.alternatives().stream()
        .map(where -> condition(where, " and "))
        .collect(Collectors.joining("; or where "));
  }

  private static String missing(PackRule rule) {
    String both = missing(rule.missing());
    String asked = rule.ofDevices() ? "; a type without it is not asked" : "";
    return rule.missingAtOne() == rule.missing()
        ? both + asked
        : both + "; at one side alone: " + missing(rule.missingAtOne()) + asked;
  }

  private static String missing(MissingValue meaning) {
    return switch (meaning) {
      case UNKNOWN -> "UNKNOWN";
      case WARNING -> "a warning";
      case NOT_APPLICABLE -> "the rule is not asked";
    };
  }

  static String sources(List<Citation> sources) {
    return sources.stream().map(Citation::toString).collect(Collectors.joining("; "));
  }
}
