package io.fleetcompat.compatibility.message;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.facet.FacetId;
import io.fleetcompat.compatibility.judge.FixedRule;
import io.fleetcompat.compatibility.message.KnownMessage.RuleReference;
import io.fleetcompat.compatibility.pack.FailureTime;
import io.fleetcompat.compatibility.pack.PackRule;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Citation;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The messages that are known, from the file {@code messages.yaml} beside this class. Immutable.
 */
public final class KnownMessages {

  /** Longest text that is searched, in characters. */
  public static final int MAX_CHARACTERS = 64 * 1024;

  /** Most matches that are told. */
  public static final int MAX_MATCHES = 256;

  /** A PCI address or the UUID of an mdev. */
  private static final Pattern DEVICE =
      Pattern.compile(
          "(?<![0-9a-f])(?:[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]"
              + "|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9a-f])");

  private static final KnownMessages BUILT_IN = load();

  private final List<KnownMessage> all;

  private KnownMessages(List<KnownMessage> all) {
    this.all = List.copyOf(all);
  }

  /**
   * A line that is a known message.
   *
   * @param line its number, from 1; of the first where it was broken
   * @param text the line as it is, or several as one: somebody else wrote it
   * @param devices the PCI addresses and UUIDs in it, in lower case
   * @param more lines after it that are equal
   */
  public record Match(
      KnownMessage message, int line, String text, SortedSet<String> devices, int more) {

    private Match again() {
      return new Match(message, line, text, devices, more + 1);
    }
  }

  /** Those of this version. */
  public static KnownMessages builtIn() {
    return BUILT_IN;
  }

  private static KnownMessages load() {
    String file = "messages.yaml";
    String schema = Resource.text(KnownMessages.class, "messages.schema.json");
    try {
      return parse(file, Resource.text(KnownMessages.class, file), new YamlSchema(schema));
    } catch (BadYamlException e) {
      throw new IllegalStateException("a file of ours: " + e.problem(), e);
    }
  }

  /** The messages of a file; a rule that neither the code nor a built-in pack has is refused. */
  static KnownMessages parse(String file, String text, YamlSchema schema) throws BadYamlException {
    LocatedYaml yaml = LocatedYaml.parse(file, text);
    schema.check(yaml);
    List<KnownMessage> all = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    JsonPointer place = JsonPointer.compile("/messages");
    for (int i = 0; i < yaml.root().path("messages").size(); i++) {
      JsonPointer at = place.appendIndex(i);
      KnownMessage message = message(yaml, at);
      if (!ids.add(message.id())) {
        throw yaml.refuseText(at.appendProperty("id"), "each id once", message.id());
      }
      all.add(message);
    }
    return new KnownMessages(all);
  }

  private static KnownMessage message(LocatedYaml yaml, JsonPointer at) throws BadYamlException {
    JsonNode json = yaml.root().at(at);
    List<RuleReference> rules = new ArrayList<>();
    for (int i = 0; i < json.path("rules").size(); i++) {
      rules.addAll(rules(yaml, at.appendProperty("rules").appendIndex(i)));
    }
    return new KnownMessage(
        json.path("id").asText(),
        json.path("text").asText(),
        StreamSupport.stream(json.path("patterns").spliterator(), false)
            .map(pattern -> texts(pattern).map(PastedText::letters).toList())
            .toList(),
        json.path("layer").asText(),
        json.path("at").asText(),
        Arrays.stream(FailureTime.values())
            .filter(time -> time.toString().equals(json.path("failure").asText("")))
            .findFirst(),
        rules,
        json.path("means").asText(),
        texts(json.path("next")).toList(),
        Citation.list(json.path("source")));
  }

  private static Stream<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }

  private static List<RuleReference> rules(LocatedYaml yaml, JsonPointer at)
      throws BadYamlException {
    String spelling = yaml.root().at(at).asText();
    int slash = spelling.indexOf('/');
    List<RuleReference> found =
        slash < 0
            ? fixed(spelling).stream().toList()
            : ofPacks(spelling.substring(0, slash), spelling.substring(slash + 1));
    if (found.isEmpty()) {
      throw yaml.refuseText(at, "a rule of docs/rules.md or of a built-in pack", spelling);
    }
    return found;
  }

  private static Optional<RuleReference> fixed(String spelling) {
    return Arrays.stream(FixedRule.values())
        .filter(rule -> rule.toString().equals(spelling))
        .map(rule -> new RuleReference(spelling, Optional.empty(), rule.origin(rule.facet())))
        .findFirst();
  }

  private static List<RuleReference> ofPacks(String pack, String rule) {
    List<RuleReference> found = new ArrayList<>();
    for (RulePack one : RulePacks.builtIn().all()) {
      boolean meant = pack.equals("*") || pack.equals(one.id());
      for (PackRule known : one.rules()) {
        if (meant && known.id().equals(rule)) {
          String origin = "docs/rules.md#" + FacetId.VENDOR_RULES.section();
          found.add(new RuleReference(known.reason(), Optional.of(one.id()), origin));
        }
      }
    }
    return found;
  }

  /** All of them, in the order of the file. */
  public List<KnownMessage> all() {
    return all;
  }

  /**
   * The lines of a text that are known messages, in order; of several that one line is, all. A
   * message that was broken into a few lines is found, too. Equal lines are one match.
   *
   * @throws IllegalArgumentException for a text that is longer than {@link #MAX_CHARACTERS}
   */
  public List<Match> in(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "expected at most %d characters, found more".formatted(MAX_CHARACTERS));
    }
    PastedText pasted = new PastedText(text);
    Map<List<String>, Match> matches = new LinkedHashMap<>();
    for (int i = 0; i < pasted.size(); i++) {
      for (KnownMessage message : all) {
        int line = i + 1;
        pasted
            .at(i, message::isIn)
            .map(found -> new Match(message, line, found.shown(), devices(found.letters()), 0))
            .ifPresent(match -> add(match, matches));
      }
    }
    return List.copyOf(matches.values());
  }

  private static void add(Match match, Map<List<String>, Match> matches) {
    List<String> key = List.of(match.message().id(), match.text());
    if (matches.containsKey(key) || matches.size() < MAX_MATCHES) {
      matches.merge(key, match, (first, _) -> first.again());
    }
  }

  private static SortedSet<String> devices(String lower) {
    return DEVICE
        .matcher(lower)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
