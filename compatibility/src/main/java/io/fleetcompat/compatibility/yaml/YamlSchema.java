package io.fleetcompat.compatibility.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.fleetcompat.inventory.Quoted;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A JSON schema that a YAML file must satisfy; the first node that does not is refused with its
 * line. Safe for use by many threads.
 */
public final class YamlSchema {

  private final Schema schema;

  /**
   * @param json a schema of draft 2020-12
   */
  public YamlSchema(String json) {
    schema =
        SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
            .getSchema(json, InputFormat.JSON);
  }

  /** Refuses what the schema does not allow. */
  public void check(LocatedYaml yaml) throws BadYamlException {
    List<Error> errors = schema.validate(yaml.root());
    Iterator<Error> inOrder =
        errors.stream()
            .sorted(
                Comparator.comparing((Error e) -> isConsequence(e))
                    .thenComparing(e -> yaml.line(place(e)))
                    .thenComparing(e -> e.getInstanceLocation().toString())
                    .thenComparing(Error::getMessage))
            .iterator();
    if (inOrder.hasNext()) {
      Error first = inOrder.next();
      throw yaml.refuse(place(first), expected(first), found(first));
    }
  }

  /** The node that is wrong; of an unknown key, the key. */
  private static JsonPointer place(Error error) {
    JsonPointer at = JsonPointer.compile(error.getInstanceLocation().toString());
    return isUnknownKey(error) ? at.appendProperty(property(error)) : at;
  }

  /** True where it may only follow from another error: a part that fails evaluates no key. */
  private static boolean isConsequence(Error error) {
    return keyword(error).equals("unevaluatedProperties");
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
      case "type" -> where + "a value of type " + list(rule);
      case "pattern" -> where + "a text of the form " + rule.asText();
      case "minItems", "minProperties" -> where + "at least " + rule + " of them";
      case "maxItems", "maxProperties" -> where + "at most " + rule + " of them";
      case "uniqueItems" -> where + "each of them once";
      default -> where + Quoted.bare(error.getMessage(), 3 * Quoted.SHOWN);
    };
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
