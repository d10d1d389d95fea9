package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import java.util.ArrayList;
import java.util.List;

/** The operator of one rule, whose form the schema has checked. */
final class OperatorReader {

  /** The keys of a rule that say what its operator is. */
  static final List<String> KEYS =
      List.of(
          "operator",
          "separator",
          "field-separator",
          "fields",
          "covers",
          "pairs",
          "value",
          "values",
          "ranges",
          "range",
          "side",
          "of-devices",
          "against");

  private final LocatedYaml yaml;
  private final JsonPointer at;
  private final JsonNode rule;

  OperatorReader(LocatedYaml yaml, JsonPointer at) {
    this.yaml = yaml;
    this.at = at;
    this.rule = yaml.root().at(at);
  }

  Operator operator() throws BadYamlException {
    String name = rule.path("operator").asText();
    String separator = rule.path("separator").asText();
    Side side = Side.of(rule.path("side").asText(""));
    return switch (name) {
      case "equal" -> new PairOperator.Equal();
      case "set-equal" -> new PairOperator.SetEqual(separator);
      case "superset" -> new PairOperator.Superset(separator);
      case "bitmask-superset" -> new PairOperator.BitmaskSuperset();
      case "version" -> new PairOperator.Version();
      case "ordered" -> new PairOperator.Ordered();
      case "dominated-by" -> dominatedBy(separator);
      case "not-paired" -> notPaired();
      case "allowed-values" ->
          new ValueOperator.AllowedValues(RuleReader.texts(rule.path("values")), side);
      case "minimum" -> minimum(side);
      case "version-ranges" -> versionRanges(side);
      case "int-in-range" ->
          rule.has("against") ? new PairOperator.InDestinationRange() : intInRange(side);
      case "present" -> new ValueOperator.Present(side);
      default -> throw yaml.refuseText(at.appendProperty("operator"), "an operator", name);
    };
  }

  private Operator dominatedBy(String separator) {
    List<ElementField> fields = new ArrayList<>();
    for (JsonNode field : rule.path("fields")) {
      ElementField.Comparison comparison =
          ElementField.Comparison.of(field.path("compare").asText());
      fields.add(new ElementField(field.path("name").asText(), comparison));
    }
    return new PairOperator.DominatedBy(separator, rule.path("field-separator").asText(), fields);
  }

  private Operator notPaired() {
    List<List<Glob>> pairs = new ArrayList<>();
    for (JsonNode pair : rule.path("pairs")) {
      pairs.add(RuleReader.texts(pair).stream().map(Glob::new).toList());
    }
    return new PairOperator.NotPaired(pairs);
  }

  private Operator minimum(Side side) throws BadYamlException {
    JsonPointer value = at.appendProperty("value");
    String text = yaml.root().at(value).asText();
    try {
      return new ValueOperator.Minimum(DottedVersion.parse(text), text, side);
    } catch (UnfitException e) {
      throw yaml.refuseText(value, "a version such as 1.27.0", text);
    }
  }

  private Operator versionRanges(Side side) throws BadYamlException {
    JsonPointer all = at.appendProperty("ranges");
    List<VersionRange> ranges = new ArrayList<>();
    for (int i = 0; i < yaml.root().at(all).size(); i++) {
      JsonPointer one = all.appendIndex(i);
      String text = yaml.root().at(one).asText();
      try {
        ranges.add(VersionRange.parse(text));
      } catch (UnfitException e) {
        throw yaml.refuseText(one, "a range of versions such as 2.0.2-2.0.4", text);
      }
    }
    return new ValueOperator.VersionRanges(ranges, side);
  }

  private Operator intInRange(Side side) throws BadYamlException {
    JsonPointer range = at.appendProperty("range");
    String text = yaml.root().at(range).asText();
    try {
      return new ValueOperator.IntInRange(IntRange.parse(text), side);
    } catch (UnfitException e) {
      throw yaml.refuseText(range, "a range of numbers such as 3-7", text);
    }
  }
}
