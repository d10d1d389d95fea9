package io.fleetcompat.compatibility.override;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A YAML file of overrides, as operators keep them. What is not as the schema beside this class
 * says, an id twice and a circle of replacements are refused with file and line. Immutable.
 */
public final class OverrideFile {

  /** The schema of such a file. */
  public static final String SCHEMA = "overrides.schema.json";

  private static final YamlSchema CHECK = new YamlSchema(Resource.text(OverrideFile.class, SCHEMA));

  private final LocatedYaml yaml;
  private final List<RuleOverride> overrides;

  private OverrideFile(LocatedYaml yaml, List<RuleOverride> overrides) {
    this.yaml = yaml;
    this.overrides = Collections.unmodifiableList(overrides);
  }

  /**
   * The parts of overrides that the file leaves to whoever adds it.
   *
   * @param author of the overrides that name none
   * @param now when they are created
   * @param expiry the time that a text means; an IllegalArgumentException where it means none
   */
  public record Defaults(String author, Instant now, Function<String, Instant> expiry) {}

  /**
   * Reads a file.
   *
   * @param name that messages give it
   */
  public static OverrideFile read(String name, String text, Defaults defaults)
      throws BadYamlException {
    LocatedYaml yaml = LocatedYaml.parse(name, text);
    CHECK.check(yaml);
    List<RuleOverride> overrides = new ArrayList<>();
    Map<String, Integer> known = new TreeMap<>();
    for (int i = 0; i < yaml.root().path("overrides").size(); i++) {
      RuleOverride override = override(yaml, i, defaults);
      Integer first = known.putIfAbsent(override.id(), i);
      if (first != null) {
        throw yaml.refuseText(
            at(i).appendProperty("id"),
            "each id once (the first is in line %d)".formatted(yaml.line(at(first))),
            override.id());
      }
      overrides.add(override);
    }
    OverrideFile file = new OverrideFile(yaml, overrides);
    file.refuseCircles(List.of());
    return file;
  }

  /** In the order of the file. */
  public List<RuleOverride> overrides() {
    return overrides;
  }

  /** The refusal of one of them, by its place in the order of the file. */
  public BadYamlException refuse(int index, String key, String expected, String found) {
    return yaml.refuse(at(index).appendProperty(key), expected, found);
  }

  /**
   * Refuses the file where one of its overrides would be part of a circle of replacements.
   *
   * @param others those that are there already
   */
  public void refuseCircles(List<RuleOverride> others) throws BadYamlException {
    Map<String, RuleOverride> all = new TreeMap<>();
    others.forEach(other -> all.put(other.id(), other));
    overrides.forEach(each -> all.put(each.id(), each));
    Replacements replacements = new Replacements(all.values());
    for (int i = 0; i < overrides.size(); i++) {
      RuleOverride each = overrides.get(i);
      if (replacements.isCircular(each.id())) {
        throw refuse(
            i,
            "replaces",
            "overrides that do not replace each other in a circle",
            each.id() + " replaces " + each.replaces().orElse(""));
      }
    }
  }

  private static RuleOverride override(LocatedYaml yaml, int index, Defaults defaults)
      throws BadYamlException {
    JsonNode json = yaml.root().path("overrides").path(index);
    return new RuleOverride(
        json.path("id").asText(),
        json.path("rule").asText(),
        scope(json),
        text(json, "author").orElse(defaults.author()),
        json.path("reason").asText(),
        defaults.now(),
        expires(yaml, index, text(json, "expires"), defaults),
        text(json, "replaces"));
  }

  private static Optional<Instant> expires(
      LocatedYaml yaml, int index, Optional<String> text, Defaults defaults)
      throws BadYamlException {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    JsonPointer at = at(index).appendProperty("expires");
    try {
      Instant end = defaults.expiry().apply(text.get());
      if (!end.isAfter(defaults.now())) {
        throw yaml.refuseText(at, "a time after now, " + defaults.now(), text.get());
      }
      return Optional.of(end);
    } catch (IllegalArgumentException e) {
      throw yaml.refuseText(at, String.valueOf(e.getMessage()), text.get());
    }
  }

  private static OverrideScope scope(JsonNode json) {
    for (OverrideScope.Kind kind : OverrideScope.Kind.values()) {
      JsonNode pair = json.path(kind.toString());
      if (pair.isObject()) {
        return new OverrideScope(
            kind, pair.path("source").asText(), pair.path("destination").asText());
      }
    }
    throw new IllegalStateException("the schema demands a scope");
  }

  private static Optional<String> text(JsonNode json, String member) {
    return json.has(member) ? Optional.of(json.path(member).asText()) : Optional.empty();
  }

  private static JsonPointer at(int index) {
    return JsonPointer.compile("/overrides/" + index);
  }
}
