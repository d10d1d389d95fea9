package io.fleetcompat.compatibility.cases;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.AttributeCatalogue;
import io.fleetcompat.compatibility.facet.DeviceKind;
import io.fleetcompat.compatibility.facet.Parsed;
import io.fleetcompat.compatibility.facet.VendorFacts;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.PackOption;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlProblem;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reader of a file of cases. One use. */
final class CaseReader {

  private static final YamlSchema CHECK =
      new YamlSchema(Resource.text(CaseReader.class, "pack-cases.schema.json"));

  private static final JsonPointer BOTH = JsonPointer.compile("/both");

  private static final Set<String> FIXED =
      Arrays.stream(FixedRule.values()).map(FixedRule::toString).collect(Collectors.toSet());

  private final LocatedYaml yaml;
  private final RulePack pack;

  /** The pack's rules as answers spell them, by that and by their ids. */
  private final Map<String, String> rules;

  private final List<YamlProblem> problems = new ArrayList<>();

  /** The addresses that some device of the cases has a value at. */
  private final Set<String> read = new HashSet<>();

  private CaseReader(LocatedYaml yaml, RulePack pack) {
    this.yaml = yaml;
    this.pack = pack;
    this.rules =
        Stream.of(pack.identity(), pack.rules(), pack.switchedOff())
            .flatMap(List::stream)
            .flatMap(rule -> Stream.of(Map.entry(rule.id(), rule), Map.entry(rule.reason(), rule)))
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> entry.getValue().reason(), (a, b) -> a));
  }

  static List<PackCase> read(String file, String text, RulePack pack) throws BadYamlException {
    LocatedYaml yaml = LocatedYaml.parse(file, text);
    CHECK.check(yaml);
    return new CaseReader(yaml, pack).cases();
  }

  private List<PackCase> cases() throws BadYamlException {
    String about = yaml.root().path("pack").asText();
    if (!about.equals(pack.id())) {
      refuse(JsonPointer.compile("/pack"), "cases of the pack " + pack.id(), about);
    }
    List<PackCase> cases = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < yaml.root().path("cases").size(); i++) {
      JsonPointer at = JsonPointer.compile("/cases/" + i);
      JsonNode json = yaml.root().at(at);
      String name = json.path("name").asText();
      if (!names.add(name)) {
        refuse(at.appendProperty("name"), "each name once", name);
      }
      Optional<Endpoint> source = endpoint(at, "source");
      Optional<Endpoint> destination = endpoint(at, "destination");
      SortedMap<String, String> options = options(at.appendProperty("options"));
      PackCase.Expected expected = expected(at.appendProperty("expect"));
      if (source.isPresent() && destination.isPresent()) {
        cases.add(
            new PackCase(name, yaml.line(at), options, source.get(), destination.get(), expected));
      }
    }
    requireUse();
    if (!problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(YamlProblem::line));
      throw new BadYamlException(problems.stream().distinct().toList());
    }
    return cases;
  }

  private void refuse(JsonPointer at, String expected, String found) {
    problems.add(yaml.refuseText(at, expected, found).problems().getFirst());
  }

  private SortedMap<String, String> options(JsonPointer at) {
    SortedMap<String, String> options = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : yaml.root().at(at).properties()) {
      JsonPointer place = at.appendProperty(entry.getKey());
      String value = entry.getValue().asText();
      PackOption option = pack.options().get(entry.getKey());
      if (option == null) {
        refuse(place, "an option of the pack: " + pack.options().keySet(), entry.getKey());
      } else if (!option.values().containsKey(value)) {
        refuse(place, "a value of it: " + option.values().keySet(), value);
      } else {
        options.put(entry.getKey(), value);
      }
    }
    return options;
  }

  /** A side of a case over what both sides have; empty where it is refused. */
  private Optional<Endpoint> endpoint(JsonPointer at, String role) {
    List<JsonPointer> layers = List.of(BOTH, at.appendProperty(role));
    String kind = last(layers, "kind");
    String driver = last(layers, "driver");
    Optional<DeviceKind> known = DeviceKind.of(kind);
    if (known.isEmpty()) {
      refuse(at, "a kind of device for the " + role + ", there or below 'both'", "none");
      return Optional.empty();
    }
    SortedMap<String, Attribute> values = new TreeMap<>();
    Map<String, JsonPointer> places = new TreeMap<>();
    for (JsonPointer layer : layers) {
      JsonPointer own = layer.appendProperty("values");
      for (Map.Entry<String, JsonNode> value : yaml.root().at(own).properties()) {
        values.put(value.getKey(), new Attribute.Text(value.getValue().asText()));
        places.put(value.getKey(), own.appendProperty(value.getKey()));
      }
      each(layer.appendProperty("missing"), (address, place) -> remove(values, address, place));
      each(
          layer.appendProperty("unreadable"),
          (address, place) -> {
            values.put(address, CaseSide.unreadable());
            places.put(address, place);
          });
    }
    Optional<String> held = driver.isEmpty() ? Optional.empty() : Optional.of(driver);
    Endpoint endpoint = new CaseSide(known.get(), held, values).endpoint();
    boolean whole = true;
    for (String address : values.keySet()) {
      JsonPointer place = places.getOrDefault(address, at);
      boolean there = isRead(endpoint, address);
      // What both sides have is meant for those of them that can have it.
      if (!there && !place.toString().startsWith(BOTH + "/")) {
        refuse(place, expected(address, kind, driver), address);
        whole = false;
      }
    }
    return whole ? Optional.of(endpoint) : Optional.empty();
  }

  private void remove(SortedMap<String, Attribute> values, String address, JsonPointer place) {
    if (values.remove(address) == null) {
      refuse(place, "a value that the side would have otherwise", address);
    }
  }

  private void each(JsonPointer list, BiConsumer<String, JsonPointer> visitor) {
    for (int i = 0; i < yaml.root().at(list).size(); i++) {
      JsonPointer place = list.appendIndex(i);
      visitor.accept(yaml.root().at(place).asText(), place);
    }
  }

  /** False for a value that no device of the kind and driver has: it would test nothing. */
  private boolean isRead(Endpoint endpoint, String address) {
    Optional<Parsed<String>> value = VendorFacts.of(endpoint).map(facts -> facts.get(address));
    boolean there = value.isPresent() && !(value.get() instanceof Parsed.Absent);
    if (there) {
      read.add(address);
    }
    return there;
  }

  private static String expected(String address, String kind, String driver) {
    return AttributeCatalogue.builtIn().find(address).isPresent()
        ? "an address that a device of the kind %s has, held by %s"
            .formatted(kind, driver.isEmpty() ? "no driver" : "the driver " + driver)
        : "an address of docs/facts.md, or fact/site.NAME";
  }

  /** Of what both sides have, refuses what no device of any case has. */
  private void requireUse() {
    JsonPointer values = BOTH.appendProperty("values");
    for (Map.Entry<String, JsonNode> value : yaml.root().at(values).properties()) {
      String address = value.getKey();
      if (!read.contains(address)) {
        refuse(
            values.appendProperty(address),
            expected(address, last(List.of(BOTH), "kind"), last(List.of(BOTH), "driver")),
            address);
      }
    }
  }

  private String last(List<JsonPointer> layers, String member) {
    String text = "";
    for (JsonPointer layer : layers) {
      text = yaml.root().at(layer).path(member).asText(text);
    }
    return text;
  }

  private PackCase.Expected expected(JsonPointer at) {
    JsonNode json = yaml.root().at(at);
    return new PackCase.Expected(
        Outcome.valueOf(json.path("verdict").asText()),
        texts(at.appendProperty("rules"), this::rule).orElseGet(TreeSet::new),
        failure(json.path("failure").asText("")),
        texts(at.appendProperty("obligations"), Optional::of),
        texts(at.appendProperty("warnings"), this::rule));
  }

  private static Optional<FailureTime> failure(String spelling) {
    return Arrays.stream(FailureTime.values())
        .filter(time -> time.toString().equals(spelling))
        .findFirst();
  }

  /** A rule as answers spell it. */
  private Optional<String> rule(String spelling) {
    return Optional.ofNullable(rules.get(spelling))
        .or(() -> FIXED.contains(spelling) ? Optional.of(spelling) : Optional.empty());
  }

  /** The texts of a list, where there is one. */
  private Optional<SortedSet<String>> texts(
      JsonPointer at, Function<String, Optional<String>> known) {
    if (yaml.root().at(at).isMissingNode()) {
      return Optional.empty();
    }
    SortedSet<String> texts = new TreeSet<>();
    each(
        at,
        (text, place) -> {
          Optional<String> spelled = known.apply(text);
          if (spelled.isPresent()) {
            texts.add(spelled.get());
          } else {
            refuse(place, "a rule of the pack (%s), or of docs/rules.md".formatted(ids()), text);
          }
        });
    return Optional.of(texts);
  }

  private String ids() {
    return Stream.of(pack.identity(), pack.rules(), pack.switchedOff())
        .flatMap(List::stream)
        .map(PackRule::id)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
