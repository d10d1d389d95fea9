package io.fleetcompat.compatibility.pack;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.CataloguedAttribute;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * The rules of one pack's file, whose form the schema has checked. What is refused, such as an
 * unknown address, is noted, and something stands in for it, so that all of it is found at once.
 */
final class RuleReader {

  /** Rule ids that mean the same in every pack, so verdicts give them without the pack's id. */
  private static final Set<String> GENERAL = Set.of(PackRule.NOT_MIGRATABLE);

  /** The attribute that stands in for one that was refused. */
  private static final String REFUSED = AttributeCatalogue.FACT + "/site.refused";

  private final LocatedYaml yaml;
  private final String pack;
  private final Optional<SortedMap<String, PackOption>> options;
  private final List<Glob> drivers;
  private final AttributeCatalogue catalogue;
  private final List<YamlProblem> problems;

  /**
   * @param options empty where they are not known
   * @param drivers those that the pack is about; empty for any
   * @param problems takes what is refused
   */
  RuleReader(
      LocatedYaml yaml,
      String pack,
      Optional<SortedMap<String, PackOption>> options,
      List<Glob> drivers,
      AttributeCatalogue catalogue,
      List<YamlProblem> problems) {
    this.yaml = yaml;
    this.pack = pack;
    this.options = options;
    this.drivers = drivers;
    this.catalogue = catalogue;
    this.problems = problems;
  }

  /** An attribute whose difference decides at once, as a rule. */
  PackRule identity(JsonPointer at) {
    JsonNode json = yaml.root().at(at);
    CataloguedAttribute attribute = attribute(at.appendProperty("attribute"));
    String name = attribute.address().replace('/', '-');
    return new PackRule(
        name,
        attribute.address().equals("type/name") ? name : pack + "/" + name,
        "Both sides have the same: " + attribute.title(),
        List.of(attribute.address()),
        Optional.empty(),
        Optional.empty(),
        new PairOperator.Equal(),
        Optional.empty(),
        Condition.ALWAYS,
        Exemption.NONE,
        Condition.ALWAYS,
        List.of(),
        MissingValue.UNKNOWN,
        MissingValue.UNKNOWN,
        false,
        RuleEffect.REASON,
        Failure.documented(FailureTime.EARLY),
        supply(json, attribute),
        Citation.list(json.path("source")),
        yaml.line(at));
  }

  PackRule rule(JsonPointer at) {
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
        covering(at),
        operator(at),
        choice(at.appendProperty("if")),
        condition(at.appendProperty("applies-where")).orElse(Condition.ALWAYS),
        exemption(at.appendProperty("satisfied-where")),
        condition(at.appendProperty("fails-where")).orElse(Condition.ALWAYS),
        texts(json.path("equal-if-both")),
        missing,
        MissingValue.of(text(json, "missing-at-one"), missing),
        json.path("of-devices").asBoolean(),
        RuleEffect.of(text(json, "effect")),
        new Failure(
            FailureTime.of(text(json, "failure")), json.path("failure-inferred").asBoolean()),
        supply(json, attribute),
        Citation.list(json.path("source")),
        yaml.line(at));
  }

  /** Looks at what a rule refers to, where the schema does not allow the whole of it. */
  void references(JsonPointer at, Predicate<JsonPointer> fits) {
    JsonNode json = yaml.root().at(at);
    JsonPointer first = at.appendProperty("attribute");
    if (json.has("attribute") && fits.test(first)) {
      attribute(first);
    }
    JsonPointer others = at.appendProperty("otherwise");
    for (int i = 0; i < yaml.root().at(others).size(); i++) {
      if (fits.test(others.appendIndex(i))) {
        attribute(others.appendIndex(i));
      }
    }
    if (fits.test(at.appendProperty("against"))) {
      against(at.appendProperty("against"));
    }
    if (json.has("operator")
        && OperatorReader.KEYS.stream().allMatch(key -> fits.test(at.appendProperty(key)))) {
      operator(at);
      covering(at);
    }
    if (fits.test(at.appendProperty("if"))) {
      choice(at.appendProperty("if"));
    }
    for (String condition : List.of("applies-where", "fails-where")) {
      if (fits.test(at.appendProperty(condition))) {
        condition(at.appendProperty(condition));
      }
    }
    if (fits.test(at.appendProperty("satisfied-where"))) {
      exemption(at.appendProperty("satisfied-where"));
    }
  }

  private List<String> addresses(CataloguedAttribute first, JsonPointer at) {
    List<String> addresses = new ArrayList<>();
    addresses.add(first.address());
    JsonPointer others = at.appendProperty("otherwise");
    for (int i = 0; i < yaml.root().at(others).size(); i++) {
      addresses.add(attribute(others.appendIndex(i)).address());
    }
    return addresses;
  }

  private Optional<PackRule.AgainstRange> against(JsonPointer at) {
    if (yaml.root().at(at).isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        new PackRule.AgainstRange(
            attribute(at.appendProperty("minimum")).address(),
            attribute(at.appendProperty("maximum")).address()));
  }

  private Optional<Covering> covering(JsonPointer at) {
    JsonPointer covers = at.appendProperty("covers");
    JsonNode json = yaml.root().at(covers);
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    CataloguedAttribute listing = attribute(covers.appendProperty("attribute"));
    if (listing.separator().isEmpty()) {
      refuse(covers.appendProperty("attribute"), "an attribute that is a list", listing.address());
      return Optional.empty();
    }
    JsonNode rule = yaml.root().at(at);
    return Optional.of(
        new Covering(
            listing.address(),
            listing.separator(),
            json.path("until").asText(),
            rule.path("separator").asText(),
            rule.path("field-separator").asText()));
  }

  private Operator operator(JsonPointer at) {
    try {
      return new OperatorReader(yaml, at).operator();
    } catch (BadYamlException e) {
      problems.addAll(e.problems());
      return new PairOperator.Equal();
    }
  }

  private void refuse(JsonPointer at, String expected, String found) {
    problems.add(yaml.refuseText(at, expected, found).problems().getFirst());
  }

  private Optional<PackRule.Choice> choice(JsonPointer at) {
    JsonNode json = yaml.root().at(at);
    if (json.isMissingNode() || options.isEmpty()) {
      return Optional.empty();
    }
    String name = json.path("option").asText();
    PackOption option = options.get().get(name);
    if (option == null) {
      refuse(
          at.appendProperty("option"), "an option of this pack: " + options.get().keySet(), name);
      return Optional.empty();
    }
    String value = json.path("is").asText();
    if (!option.values().containsKey(value)) {
      refuse(
          at.appendProperty("is"), "a value of " + name + ": " + option.values().keySet(), value);
    }
    return Optional.of(new PackRule.Choice(name, value));
  }

  /** A condition; empty where there is none. */
  Optional<Condition> condition(JsonPointer at) {
    JsonNode json = yaml.root().at(at);
    if (json.isMissingNode()) {
      return Optional.empty();
    }
    SortedMap<String, List<Glob>> values = new TreeMap<>();
    List<String> addresses = new ArrayList<>();
    json.fieldNames().forEachRemaining(addresses::add);
    for (String address : addresses) {
      find(at.appendProperty(address), address);
      values.put(address, globs(json.path(address)));
    }
    return Optional.of(new Condition(values));
  }

  /** One condition, or a list of them. */
  Exemption exemption(JsonPointer at) {
    JsonNode json = yaml.root().at(at);
    if (!json.isArray()) {
      return condition(at).map(one -> new Exemption(List.of(one))).orElse(Exemption.NONE);
    }
    return new Exemption(
        IntStream.range(0, json.size())
            .mapToObj(i -> condition(at.appendIndex(i)))
            .flatMap(Optional::stream)
            .toList());
  }

  private CataloguedAttribute attribute(JsonPointer at) {
    return find(at, yaml.root().at(at).asText());
  }

  private CataloguedAttribute find(JsonPointer at, String address) {
    Optional<CataloguedAttribute> found = catalogue.find(address);
    if (found.isEmpty()) {
      String claim = catalogue.claim(address).isPresent() ? ", a claim: it changes no verdict" : "";
      refuse(at, "an address of docs/facts.md, or fact/site.NAME", address + claim);
    } else if (!isKept(found.get())) {
      refuse(
          at,
          "an address that is kept for the drivers %s (docs/facts.md), or fact/site.NAME"
              .formatted(drivers),
          "%s, kept for %s".formatted(address, String.join(", ", found.get().drivers())));
    } else {
      return found.get();
    }
    return catalogue.find(REFUSED).orElseThrow();
  }

  /**
   * False where an endpoint that the pack is about may not have the attribute: a driver that nobody
   * reads it for, which a pattern, or no driver at all, stands for too.
   */
  private boolean isKept(CataloguedAttribute attribute) {
    return attribute.drivers().isEmpty()
        || (!drivers.isEmpty()
            && drivers.stream().allMatch(glob -> attribute.isKeptFor(glob.pattern())));
  }

  private static String supply(JsonNode json, CataloguedAttribute attribute) {
    String own = text(json, "supply");
    return own.isEmpty() ? attribute.supply() : own;
  }

  private static String text(JsonNode json, String member) {
    return json.path(member).asText("");
  }

  static List<Glob> globs(JsonNode array) {
    return texts(array).stream().map(Glob::new).toList();
  }

  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
