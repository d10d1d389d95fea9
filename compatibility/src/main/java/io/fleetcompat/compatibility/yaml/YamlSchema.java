package io.fleetcompat.compatibility.yaml;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.fleetcompat.inventory.Quoted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * A JSON schema that a YAML file must satisfy; each node that does not is refused with its line.
 * Safe for use by many threads.
 */
public final class YamlSchema {

  private static final List<String> CHOICES = List.of("oneOf", "anyOf");

  /** The pattern of a text that says something. */
  private static final String NOT_BLANK = "\\S";

  private final Schema schema;

  /** The keys that it knows, of whatever object. */
  private final Set<String> keys = new TreeSet<>();

  /**
   * @param json a schema of draft 2020-12
   */
  public YamlSchema(String json) {
    schema =
        SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
            .getSchema(json, InputFormat.JSON);
    schema
        .getSchemaNode()
        .findValues("properties")
        .forEach(properties -> properties.fieldNames().forEachRemaining(keys::add));
  }

  /** Refuses what the schema does not allow. */
  public void check(LocatedYaml yaml) throws BadYamlException {
    List<Misfit> misfits = misfits(yaml);
    if (!misfits.isEmpty()) {
      throw new BadYamlException(misfits.stream().map(Misfit::problem).toList());
    }
  }

  /** All nodes that the schema does not allow, in the order of their lines. */
  public List<Misfit> misfits(LocatedYaml yaml) {
    Map<String, List<Error>> together = new LinkedHashMap<>();
    List<Error> all = schema.validate(yaml.root());
    // Of what is no mapping at all, nothing else is worth saying.
    List<Error> whole = all.stream().filter(YamlSchema::isOfTheRoot).toList();
    List<Error> errors = whole.isEmpty() ? all : whole;
    errors.stream()
        .filter(error -> !isConsequence(error, errors) || !keys.contains(property(error)))
        .sorted(
            Comparator.comparing((Error e) -> yaml.line(place(e)))
                .thenComparing(e -> e.getInstanceLocation().toString())
                .thenComparing(Error::getMessage))
        .forEach(
            error -> together.computeIfAbsent(choice(error), _ -> new ArrayList<>()).add(error));
    return together.values().stream().map(alike -> misfit(yaml, alike)).toList();
  }

  /** The errors of the branches of one choice are one misfit: any of them would do. */
  private static Misfit misfit(LocatedYaml yaml, List<Error> alike) {
    List<Error> branches = alike.stream().filter(e -> !CHOICES.contains(keyword(e))).toList();
    List<Error> excluded = branches.stream().filter(e -> keyword(e).equals("not")).toList();
    List<Error> told = excluded.isEmpty() ? branches.isEmpty() ? alike : branches : excluded;
    JsonPointer at = place(told.getFirst());
    String expected = told.stream().map(YamlSchema::expected).distinct().collect(joining(", or "));
    return new Misfit(
        at, new YamlProblem(yaml.file(), yaml.line(at), expected, found(told.getFirst())));
  }

  /** Equal for the errors of the branches of one choice, and for no others. */
  private static String choice(Error error) {
    String path = error.getEvaluationPath().toString();
    for (String keyword : CHOICES) {
      int at = path.indexOf("/" + keyword);
      if (at >= 0) {
        return error.getInstanceLocation() + " " + path.substring(0, at) + "/" + keyword;
      }
    }
    return error.getInstanceLocation() + " " + path + " " + error.getProperty();
  }

  /** The node that is wrong; of an unknown key, or one that is missing, the key. */
  private static JsonPointer place(Error error) {
    JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
    return isUnknownKey(error) || keyword(error).equals("required")
        ? at.appendProperty(property(error))
        : at;
  }

  /** True where it may only follow from another error: a part that fails evaluates no key. */
  private static boolean isConsequence(Error error, List<Error> all) {
    if (!keyword(error).equals("unevaluatedProperties")) {
      return false;
    }
    String at = error.getInstanceLocation() + "/";
    return all.stream()
        .anyMatch(
            other ->
                !keyword(other).equals(keyword(error))
                    && (other.getInstanceLocation() + "/").startsWith(at));
  }

  private static boolean isUnknownKey(Error error) {
    return switch (keyword(error)) {
      case "additionalProperties", "unevaluatedProperties", "propertyNames" -> true;
      default -> false;
    };
  }

  private static String expected(Error error) {
    String where = where(error);
    JsonNode rule = error.getSchemaNode();
    return switch (keyword(error)) {
      case "required" -> where + "the key '" + property(error) + "'";
      case "additionalProperties", "unevaluatedProperties" -> where + "no other key";
      case "enum" -> where + "one of " + list(rule);
      case "const" -> where + rule;
      case "type" ->
          isOfTheRoot(error)
              ? "a mapping of keys to values"
              : where + "a value of type " + list(rule);
      case "not" -> where + "no key " + keys(rule);
      case "pattern" ->
          where
              + (rule.asText().equals(NOT_BLANK)
                  ? "a text that is not blank"
                  : "a text of the form " + rule.asText());
      case "minItems", "minProperties" -> where + "at least " + rule + " of them";
      case "maxItems", "maxProperties" -> where + "at most " + rule + " of them";
      case "uniqueItems" -> where + "each of them once";
      default -> where + Quoted.bare(error.getMessage(), 3 * Quoted.SHOWN);
    };
  }

  private static boolean isOfTheRoot(Error error) {
    return keyword(error).equals("type") && error.getInstanceLocation().toString().isEmpty();
  }

  /** The keys that a schema excludes by requiring what must not be. */
  private static String keys(JsonNode excluded) {
    return excluded.findValues("required").stream()
        .flatMap(keys -> StreamSupport.stream(keys.spliterator(), false))
        .map(JsonNode::asText)
        .distinct()
        .collect(joining(" or "));
  }

  private static String names(JsonNode mapping) {
    List<String> names = new ArrayList<>();
    mapping.fieldNames().forEachRemaining(names::add);
    return "the keys " + Quoted.bare(String.join(", ", names), 3 * Quoted.SHOWN);
  }

  private static String where(Error error) {
    String pointer = error.getInstanceLocation().toString();
    return pointer.isEmpty() ? "" : "at " + Quoted.bare(pointer, Quoted.SHOWN) + " ";
  }

  private static String found(Error error) {
    return switch (keyword(error)) {
      case "required" -> "none";
      case "additionalProperties", "unevaluatedProperties", "propertyNames" ->
          Quoted.of(property(error));
      case "not" ->
          Optional.ofNullable(error.getInstanceNode()).map(YamlSchema::names).orElse("none");
      default -> {
        JsonNode node = error.getInstanceNode();
        yield node == null ? "none" : Quoted.of(node.isTextual() ? node.asText() : node.toString());
      }
    };
  }

  private static String keyword(Error error) {
    return String.valueOf(error.getKeyword());
  }

  private static String property(Error error) {
    return String.valueOf(error.getProperty());
  }

  private static String list(JsonNode rule) {
    if (!rule.isArray()) {
      return rule.asText();
    }
    return String.join(
        ", ", StreamSupport.stream(rule.spliterator(), false).map(JsonNode::asText).toList());
  }
}
