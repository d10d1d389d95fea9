package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Misfit;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import java.util.ArrayList;
import java.util.Comparator;
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

  private static final JsonPointer MATCH = JsonPointer.compile("/match");
  private static final JsonPointer WHERE = MATCH.appendProperty("where");

  private final LocatedYaml yaml;
  private final JsonNode root;
  private final List<Misfit> misfits;

  /** Everything that was found wrong. */
  private final List<YamlProblem> problems = new ArrayList<>();

  private RulePackReader(LocatedYaml yaml) {
    this.yaml = yaml;
    this.root = yaml.root();
    this.misfits = CHECK.misfits(yaml);
    misfits.forEach(misfit -> problems.add(misfit.problem()));
  }

  /**
   * Reads a pack, under the defaults of its options.
   *
   * @param fileName the name that messages give it
   * @throws BadYamlException with everything that is not as the schema, the catalogue of attributes
   *     and the pack itself say
   */
  public static RulePack read(String fileName, String text) throws BadYamlException {
    return new RulePackReader(LocatedYaml.parse(fileName, text)).pack();
  }

  private RulePack pack() throws BadYamlException {
    String id = root.path("pack").asText();
    SortedMap<String, PackOption> options = options();
    JsonPointer drivers = JsonPointer.compile("/match/driver");
    RuleReader reader =
        new RuleReader(
            yaml,
            id,
            fits(JsonPointer.compile("/options")) ? Optional.of(options) : Optional.empty(),
            fits(drivers) ? RuleReader.globs(root.at(drivers)) : List.of(),
            AttributeCatalogue.builtIn(),
            problems);
    Optional<PackMatch> match = Optional.empty();
    if (fits(MATCH)) {
      match = Optional.of(match(reader));
    } else if (fits(WHERE)) {
      reader.condition(WHERE);
    }
    List<PackRule> identity = identity(reader);
    List<PackRule> rules = rules(reader);
    Optional<NotMigratable> notMigratable = notMigratable(reader);
    if (!problems.isEmpty() || match.isEmpty()) {
      problems.sort(Comparator.comparingInt(YamlProblem::line));
      throw new BadYamlException(problems);
    }
    return new RulePack(
            id,
            root.path("version").asInt(),
            root.path("title").asText(),
            root.path("applies").asText().equals("always"),
            text("kernel"),
            Citation.list(root.path("kernel-source")),
            match.get(),
            options,
            identity,
            rules,
            List.of(),
            notMigratable,
            text("no-rules"),
            root.toString())
        .withDefaults();
  }

  /** True where the schema allows a node and all within it: the others are not read. */
  private boolean fits(JsonPointer at) {
    return misfits.stream().noneMatch(misfit -> misfit.isWithin(at));
  }

  private void refuse(JsonPointer at, String expected, String found) {
    problems.add(yaml.refuseText(at, expected, found).problems().getFirst());
  }

  private Optional<String> text(String member) {
    return root.has(member) ? Optional.of(root.path(member).asText()) : Optional.empty();
  }

  private PackMatch match(RuleReader reader) {
    JsonNode match = root.path("match");
    Set<DeviceKind> kinds = EnumSet.noneOf(DeviceKind.class);
    RuleReader.texts(match.path("kind"))
        .forEach(kind -> kinds.add(DeviceKind.of(kind).orElseThrow()));
    return new PackMatch(
        kinds,
        RuleReader.globs(match.path("driver")),
        RuleReader.texts(match.path("not-bound")),
        reader.condition(WHERE).orElse(Condition.ALWAYS));
  }

  private SortedMap<String, PackOption> options() {
    SortedMap<String, PackOption> options = new TreeMap<>();
    JsonPointer all = JsonPointer.compile("/options");
    for (Map.Entry<String, JsonNode> option : root.path("options").properties()) {
      JsonPointer at = all.appendProperty(option.getKey());
      if (!fits(at)) {
        continue;
      }
      SortedMap<String, PackOption.OptionValue> values = new TreeMap<>();
      option
          .getValue()
          .path("values")
          .properties()
          .forEach(value -> values.put(value.getKey(), optionValue(value.getValue())));
      String chosen = option.getValue().path("default").asText();
      if (!values.containsKey(chosen)) {
        refuse(at.appendProperty("default"), "one of its values: " + values.keySet(), chosen);
        chosen = values.firstKey();
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

  private List<PackRule> identity(RuleReader reader) {
    List<PackRule> identity = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < root.path("identity").size(); i++) {
      JsonPointer at = JsonPointer.compile("/identity/" + i);
      if (fits(at)) {
        PackRule rule = reader.identity(at);
        if (!known.add(rule.address())) {
          refuse(at, "each attribute once", rule.address());
        }
        identity.add(rule);
      }
    }
    return identity;
  }

  private List<PackRule> rules(RuleReader reader) {
    List<PackRule> rules = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < root.path("rules").size(); i++) {
      JsonPointer at = JsonPointer.compile("/rules/" + i);
      JsonPointer id = at.appendProperty("id");
      if (fits(id) && !known.add(root.at(id).asText())) {
        refuse(id, "each id once", root.at(id).asText());
      }
      if (fits(at)) {
        rules.add(reader.rule(at));
      } else {
        reader.references(at, this::fits);
      }
    }
    return rules;
  }

  private Optional<NotMigratable> notMigratable(RuleReader reader) {
    JsonPointer at = JsonPointer.compile("/not-migratable");
    JsonNode json = root.at(at);
    if (json.isMissingNode() || !fits(at)) {
      return Optional.empty();
    }
    return Optional.of(
        new NotMigratable(
            json.path("reason").asText(),
            reader.exemption(at.appendProperty("unless")),
            Citation.list(json.path("source"))));
  }
}
