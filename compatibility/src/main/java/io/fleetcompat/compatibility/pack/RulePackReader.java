package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The reader of one rule pack's file. One use. */
public final class RulePackReader {

  /** The schema of a pack, which is published beside this class. */
  public static final String SCHEMA = "rule-pack.schema.json";

  private static final YamlSchema CHECK =
      new YamlSchema(Resource.text(RulePackReader.class, SCHEMA));

  private final LocatedYaml yaml;
  private final JsonNode root;

  private RulePackReader(LocatedYaml yaml) {
    this.yaml = yaml;
    this.root = yaml.root();
  }

  /**
   * Reads a pack, under the defaults of its options.
   *
   * @param fileName the name that messages give it
   * @throws BadPackException for anything that is not as the schema, the catalogue of attributes
   *     and the pack itself say
   */
  public static RulePack read(String fileName, String text) throws BadPackException {
    try {
      LocatedYaml yaml = LocatedYaml.parse(fileName, text);
      CHECK.check(yaml);
      return new RulePackReader(yaml).pack();
    } catch (BadYamlException e) {
      throw BadPackException.of(e);
    }
  }

  private RulePack pack() throws BadYamlException {
    String id = root.path("pack").asText();
    SortedMap<String, PackOption> options = options();
    RuleReader reader = new RuleReader(yaml, id, options, AttributeCatalogue.builtIn());
    RulePack pack =
        new RulePack(
            id,
            root.path("version").asInt(),
            root.path("title").asText(),
            root.path("applies").asText().equals("always"),
            text("kernel"),
            match(reader),
            options,
            identity(reader),
            rules(reader),
            List.of(),
            notMigratable(reader),
            text("no-rules"),
            root.toString());
    return pack.withDefaults();
  }

  private Optional<String> text(String member) {
    return root.has(member) ? Optional.of(root.path(member).asText()) : Optional.empty();
  }

  private PackMatch match(RuleReader reader) throws BadYamlException {
    JsonNode match = root.path("match");
    Set<DeviceKind> kinds = EnumSet.noneOf(DeviceKind.class);
    RuleReader.texts(match.path("kind"))
        .forEach(kind -> kinds.add(DeviceKind.of(kind).orElseThrow()));
    return new PackMatch(
        kinds,
        RuleReader.texts(match.path("driver")).stream().map(Glob::new).toList(),
        RuleReader.texts(match.path("not-bound")),
        reader.condition(JsonPointer.compile("/match/where")).orElse(Condition.ALWAYS));
  }

  private SortedMap<String, PackOption> options() throws BadYamlException {
    SortedMap<String, PackOption> options = new TreeMap<>();
    for (Map.Entry<String, JsonNode> option : root.path("options").properties()) {
      SortedMap<String, PackOption.OptionValue> values = new TreeMap<>();
      option
          .getValue()
          .path("values")
          .properties()
          .forEach(value -> values.put(value.getKey(), optionValue(value.getValue())));
      String chosen = option.getValue().path("default").asText();
      if (!values.containsKey(chosen)) {
        JsonPointer at = JsonPointer.compile("/options").appendProperty(option.getKey());
        throw yaml.refuseText(
            at.appendProperty("default"), "one of its values: " + values.keySet(), chosen);
      }
      String description = option.getValue().path("description").asText();
      options.put(
          option.getKey(), new PackOption(option.getKey(), description, chosen, values, chosen));
    }
    return options;
  }

  private static PackOption.OptionValue optionValue(JsonNode json) {
    return new PackOption.OptionValue(
        json.path("description").asText(), Citation.list(json.path("source")));
  }

  private List<PackRule> identity(RuleReader reader) throws BadYamlException {
    List<PackRule> identity = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < root.path("identity").size(); i++) {
      JsonPointer at = JsonPointer.compile("/identity/" + i);
      PackRule rule = reader.identity(at);
      if (!known.add(rule.id())) {
        throw yaml.refuseText(at, "each attribute once", rule.address());
      }
      identity.add(rule);
    }
    return identity;
  }

  private List<PackRule> rules(RuleReader reader) throws BadYamlException {
    List<PackRule> rules = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < root.path("rules").size(); i++) {
      JsonPointer at = JsonPointer.compile("/rules/" + i);
      PackRule rule = reader.rule(at);
      if (!known.add(rule.id())) {
        throw yaml.refuseText(at.appendProperty("id"), "each id once", rule.id());
      }
      rules.add(rule);
    }
    return rules;
  }

  private Optional<NotMigratable> notMigratable(RuleReader reader) throws BadYamlException {
    JsonNode json = root.path("not-migratable");
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new NotMigratable(
            json.path("reason").asText(),
            reader.condition(JsonPointer.compile("/not-migratable/unless")),
            Citation.list(json.path("source"))));
  }
}
