package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The rules of one pack's file, whose form the schema has checked; refuses unknown addresses. */
final class RuleReader {

  /** Rule ids that mean the same in every pack, so verdicts give them without the pack's id. */
  private static final Set<String> GENERAL = Set.of("not-migratable");

  private final LocatedYaml yaml;
  private final String pack;
  private final SortedMap<String, PackOption> options;
  private final AttributeCatalogue catalogue;

  RuleReader(
      LocatedYaml yaml,
      String pack,
      SortedMap<String, PackOption> options,
      AttributeCatalogue catalogue) {
    this.yaml = yaml;
    this.pack = pack;
    this.options = options;
    this.catalogue = catalogue;
  }

  /** An attribute whose difference decides at once, as a rule. */
  PackRule identity(JsonPointer at) throws BadYamlException {
    JsonNode json = yaml.root().at(at);
    CataloguedAttribute attribute = attribute(at.appendProperty("attribute"));
    String name = attribute.address().replace('/', '-');
    return new PackRule(
        name,
        attribute.address().equals("type/name") ? name : pack + "/" + name,
        "Both sides have the same: " + attribute.title(),
        List.of(attribute.address()),
        Optional.empty(),
        new PairOperator.Equal(),
        Optional.empty(),
        Condition.ALWAYS,
        Optional.empty(),
        List.of(),
        MissingValue.UNKNOWN,
        MissingValue.UNKNOWN,
        RuleEffect.REASON,
        FailureTime.EARLY,
        supply(json, attribute),
        Citation.list(json.path("source")),
        yaml.line(at));
  }

  PackRule rule(JsonPointer at) throws BadYamlException {
    JsonNode json = yaml.root().at(at);
    CataloguedAttribute attribute = attribute(at.appendProperty("attribute"));
    String id = json.path("id").asText();
    MissingValue missing = MissingValue.of(text(json, "missing"), MissingValue.UNKNOWN);
    return new PackRule(
        id,
        GENERAL.contains(id) ? id : pack + "/" + id,
        json.path("sentence").asText(),
        addresses(attribute, at),
        against(at.appendProperty("against")),
        new OperatorReader(yaml, at).operator(),
        choice(at.appendProperty("if")),
        condition(at.appendProperty("applies-where")).orElse(Condition.ALWAYS),
        condition(at.appendProperty("satisfied-where")),
        texts(json.path("equal-if-both")),
        missing,
        MissingValue.of(text(json, "missing-at-one"), missing),
        RuleEffect.of(text(json, "effect")),
        FailureTime.of(text(json, "failure")),
        supply(json, attribute),
        Citation.list(json.path("source")),
        yaml.line(at));
  }

  private List<String> addresses(CataloguedAttribute first, JsonPointer at)
      throws BadYamlException {
    List<String> addresses = new ArrayList<>();
    addresses.add(first.address());
    JsonPointer others = at.appendProperty("otherwise");
    for (int i = 0; i < yaml.root().at(others).size(); i++) {
      addresses.add(attribute(others.appendIndex(i)).address());
    }
    return addresses;
  }

  private Optional<PackRule.AgainstRange> against(JsonPointer at) throws BadYamlException {
    if (yaml.root().at(at).isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new PackRule.AgainstRange(
            attribute(at.appendProperty("minimum")).address(),
            attribute(at.appendProperty("maximum")).address()));
  }

  private Optional<PackRule.Choice> choice(JsonPointer at) throws BadYamlException {
    JsonNode json = yaml.root().at(at);
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    String name = json.path("option").asText();
    PackOption option = options.get(name);
    if (option == null) {
      throw yaml.refuseText(
          at.appendProperty("option"), "an option of this pack: " + options.keySet(), name);
    }
    String value = json.path("is").asText();
    if (!option.values().containsKey(value)) {
      throw yaml.refuseText(
          at.appendProperty("is"), "a value of " + name + ": " + option.values().keySet(), value);
    }
    return Optional.of(new PackRule.Choice(name, value));
  }

  /** A condition; empty where there is none. */
  Optional<Condition> condition(JsonPointer at) throws BadYamlException {
    JsonNode json = yaml.root().at(at);
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    SortedMap<String, List<Glob>> values = new TreeMap<>();
    List<String> addresses = new ArrayList<>();
    json.fieldNames().forEachRemaining(addresses::add);
    for (String address : addresses) {
      find(at.appendProperty(address), address);
      values.put(address, texts(json.path(address)).stream().map(Glob::new).toList());
    }
    return Optional.of(new Condition(values));
  }

  private CataloguedAttribute attribute(JsonPointer at) throws BadYamlException {
    return find(at, yaml.root().at(at).asText());
  }

  private CataloguedAttribute find(JsonPointer at, String address) throws BadYamlException {
    Optional<CataloguedAttribute> found = catalogue.find(address);
    if (found.isEmpty()) {
      throw yaml.refuseText(at, "an address of docs/facts.md, or fact/site.NAME", address);
    }
    return found.get();
  }

  private static String supply(JsonNode json, CataloguedAttribute attribute) {
    String own = text(json, "supply");
    return own.isEmpty() ? attribute.supply() : own;
  }

  private static String text(JsonNode json, String member) {
    return json.path(member).asText("");
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
