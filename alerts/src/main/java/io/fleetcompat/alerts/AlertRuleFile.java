package io.fleetcompat.alerts;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.alerts.AlertRule.Bound;
import io.fleetcompat.alerts.AlertRule.Direction;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.LocatedYaml;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import io.fleetcompat.settings.Times;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The reader of a file of alert rules and silences (docs/alerts.md). All its problems are told with
 * their lines, not the first alone.
 */
public final class AlertRuleFile {

  private static final YamlSchema SCHEMA =
      new YamlSchema(Resource.text(AlertRuleFile.class, "alert-rules.schema.json"));

  private static final Duration WEEK = Duration.ofDays(7);

  private final LocatedYaml yaml;

  private AlertRuleFile(LocatedYaml yaml) {
    this.yaml = yaml;
  }

  /**
   * Reads a file.
   *
   * @param file the name that messages give it
   * @throws BadYamlException saying what was expected and found, and where
   */
  public static AlertRules parse(String file, String text) throws BadYamlException {
    LocatedYaml yaml = LocatedYaml.parse(file, text);
    SCHEMA.check(yaml);
    return new AlertRuleFile(yaml).rules();
  }

  private AlertRules rules() throws BadYamlException {
    List<AlertRule> rules = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    JsonPointer array = JsonPointer.compile("/rules");
    for (int i = 0; i < yaml.root().path("rules").size(); i++) {
      JsonPointer at = array.appendIndex(i);
      AlertRule rule = rule(yaml.root().at(at), at);
      Integer other = lines.putIfAbsent(rule.name(), yaml.line(at));
      if (other != null) {
        throw yaml.refuseText(
            at.appendProperty("alert"), "another name than line " + other + " has", rule.name());
      }
      rules.add(rule);
    }
    List<Silence> silences = new ArrayList<>();
    JsonPointer second = JsonPointer.compile("/silences");
    for (int i = 0; i < yaml.root().path("silences").size(); i++) {
      JsonPointer at = second.appendIndex(i);
      silences.add(silence(yaml.root().at(at), at));
    }
    return new AlertRules(rules, silences);
  }

  private AlertRule rule(JsonNode json, JsonPointer at) throws BadYamlException {
    Measure measure = Measure.of(json.path("measure").asText()).orElseThrow();
    if (measure.isOfEndpoints() && !json.has("of")) {
      throw yaml.refuse(at, "of: devices or types, which are counted apart", "none");
    }
    if (!measure.isOfEndpoints() && json.has("of")) {
      throw yaml.refuseText(
          at.appendProperty("of"),
          "none, since " + measure + " is of the whole pool",
          json.path("of").asText());
    }
    return new AlertRule(
        json.path("alert").asText(),
        measure,
        json.path("of").asText().equals(CountedEndpoints.TYPES.toString())
            ? CountedEndpoints.TYPES
            : CountedEndpoints.DEVICES,
        bound(json, at),
        duration(json, at, "for", Duration.ZERO),
        duration(json, at, "keep-firing-for", Duration.ZERO),
        json.path("severity").asText(),
        patterns(json.path("pools")));
  }

  private Bound bound(JsonNode json, JsonPointer at) throws BadYamlException {
    boolean above = json.has("above");
    long bound = json.path(above ? "above" : "below").asLong();
    long clears = json.path("clears-at").asLong(bound);
    try {
      return new Bound(above ? Direction.ABOVE : Direction.BELOW, bound, clears);
    } catch (IllegalArgumentException e) {
      throw yaml.refuse(
          at.appendProperty("clears-at"),
          above ? "at most " + bound + ", the bound" : "at least " + bound + ", the bound",
          String.valueOf(clears));
    }
  }

  private Silence silence(JsonNode json, JsonPointer at) throws BadYamlException {
    return new Silence(
        json.path("comment").asText(),
        patterns(json.path("pools")),
        patterns(json.path("alerts")),
        json.has("weekly")
            ? weekly(json.path("weekly"), at.appendProperty("weekly"))
            : once(json, at));
  }

  private Silence.Once once(JsonNode json, JsonPointer at) throws BadYamlException {
    Instant from = time(json, at, "from");
    Instant until = time(json, at, "until");
    if (!from.isBefore(until)) {
      throw yaml.refuseText(at.appendProperty("until"), "a time after " + from, until.toString());
    }
    return new Silence.Once(from, until);
  }

  private Silence.Weekly weekly(JsonNode json, JsonPointer at) throws BadYamlException {
    Set<DayOfWeek> days =
        texts(json.path("days"))
            .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());
    Duration length = duration(json, at, "for", Duration.ZERO);
    if (!length.isPositive() || length.compareTo(WEEK) > 0) {
      throw yaml.refuseText(
          at.appendProperty("for"), "a time above 0, at most 7d", json.path("for").asText());
    }
    return new Silence.Weekly(
        days,
        read(json, at, "at", "a time of day such as 22:00", LocalTime::parse),
        length,
        read(json, at, "zone", "a time zone such as Europe/Berlin or UTC", ZoneId::of));
  }

  private Duration duration(JsonNode json, JsonPointer at, String name, Duration otherwise)
      throws BadYamlException {
    return json.has(name) ? read(json, at, name, Times.EXPECTED, Times::parse) : otherwise;
  }

  private Instant time(JsonNode json, JsonPointer at, String name) throws BadYamlException {
    return read(json, at, name, "a time such as 2026-12-01T20:00:00Z", Instant::parse);
  }

  private <T> T read(
      JsonNode json, JsonPointer at, String name, String expected, Function<String, T> parser)
      throws BadYamlException {
    String text = json.path(name).asText();
    try {
      return parser.apply(text);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw yaml.refuseText(at.appendProperty(name), expected, text);
    }
  }

  private static NamePatterns patterns(JsonNode array) {
    return new NamePatterns(texts(array).toList());
  }

  private static Stream<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
  }
}
