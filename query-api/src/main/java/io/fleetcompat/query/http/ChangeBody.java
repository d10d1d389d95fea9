package io.fleetcompat.query.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.profile.EditedProfile;
import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.query.whatif.HostSelection;
import io.fleetcompat.query.whatif.HypotheticalChange;
import io.fleetcompat.query.whatif.HypotheticalChange.AddedHost;
import io.fleetcompat.query.whatif.HypotheticalChange.DriverVersion;
import io.fleetcompat.query.whatif.HypotheticalChange.EndpointFilter;
import io.fleetcompat.query.whatif.HypotheticalChange.OtherRules;
import io.fleetcompat.query.whatif.HypotheticalChange.Service;
import io.fleetcompat.query.whatif.PlanQuestion;
import io.fleetcompat.query.whatif.PlanQuestion.InUse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the change that nobody has made from the JSON of a request, strictly. */
final class ChangeBody {

  /** The members of a change. */
  private static final Set<String> MEMBERS =
      Set.of(
          "select",
          "endpoints",
          "set",
          "unset",
          "driver",
          "kernel",
          "drain",
          "remove",
          "add",
          "rules",
          "overrides");

  private static final int DEFAULT_KEEP = 1;

  /** Most hosts that are named, or added. */
  private static final int MAX_HOSTS = 10_000;

  /** Most attributes, labels, packs, options or overrides. */
  private static final int MAX_NAMES = 100;

  /** Longest name or value, in characters: as much as a collector reads of a file. */
  private static final int MAX_TEXT = 64 << 10;

  private ChangeBody() {}

  /** The change that a body is. */
  static HypotheticalChange change(byte[] body, long now) {
    return change(Bodies.object("the body", Bodies.read(body), MEMBERS), now);
  }

  /** The question for the order in which a change can be made. */
  static PlanQuestion plan(byte[] body, long now) {
    JsonNode root = Bodies.object("the body", Bodies.read(body), Set.of("change", "keep", "inUse"));
    JsonNode keep = root.path("keep");
    if (root.has("keep") && (!keep.isInt() || keep.intValue() < 0 || keep.intValue() > MAX_HOSTS)) {
      throw Bodies.unlike("keep", "an integer from 0 to " + MAX_HOSTS, keep);
    }
    return new PlanQuestion(
        change(Bodies.object("change", root.path("change"), MEMBERS), now),
        root.has("keep") ? keep.intValue() : DEFAULT_KEEP,
        root.has("inUse") ? inUse(root.path("inUse")) : InUse.ALL);
  }

  private static InUse inUse(JsonNode word) {
    return switch (word.asText()) {
      case "all" -> InUse.ALL;
      case "mdev" -> InUse.MDEV;
      default -> throw Bodies.unlike("inUse", "all or mdev", word);
    };
  }

  /**
   * @param now when overrides that are added would be made, in milliseconds since 1970
   */
  private static HypotheticalChange change(JsonNode root, long now) {
    JsonNode overrides = part(root, "overrides", Set.of("add", "remove"));
    return new HypotheticalChange(
        selection(part(root, "select", SELECT)),
        new EndpointFilter(
            text("endpoints", part(root, "endpoints", Set.of("driver", "type")), "driver"),
            text("endpoints", root.path("endpoints"), "type")),
        attributes(root),
        driver(root),
        text("", root, "kernel"),
        service(root),
        added(root),
        rules(root),
        overrides(overrides.path("add"), now),
        names("overrides.remove", overrides.path("remove"), MAX_NAMES));
  }

  private static final Set<String> SELECT =
      Set.of("hosts", "pool", "labels", "kernel", "driver", "driverVersion");

  private static HostSelection selection(JsonNode select) {
    return new HostSelection(
        List.copyOf(names("select.hosts", select.path("hosts"), MAX_HOSTS)),
        text("select", select, "pool"),
        texts("select.labels", select.path("labels")),
        text("select", select, "kernel"),
        text("select", select, "driver"),
        text("select", select, "driverVersion"));
  }

  private static SortedMap<String, Attribute> attributes(JsonNode root) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    texts("set", root.path("set"))
        .forEach((name, value) -> attributes.put(name, new Attribute.Text(value)));
    for (String name : names("unset", root.path("unset"), MAX_NAMES)) {
      if (attributes.put(name, Attribute.ABSENT) != null) {
        throw Bodies.bad("unset: expected names that set does not have, found " + quote(name));
      }
    }
    for (String name : attributes.keySet()) {
      if (!EditedProfile.isAttribute(name)) {
        throw Bodies.bad(
            "expected attributes of profiles, as /v1/changes and 'fleetcompat inspect' name them"
                + " (software_version, features, driver, module/version, fact/site.NAME), found "
                + quote(name));
      }
    }
    return attributes;
  }

  private static Optional<DriverVersion> driver(JsonNode root) {
    JsonNode driver = part(root, "driver", Set.of("module", "version"));
    return root.has("driver")
        ? Optional.of(
            new DriverVersion(
                require("driver", driver, "module"), require("driver", driver, "version")))
        : Optional.empty();
  }

  private static Service service(JsonNode root) {
    boolean drain = flag(root, "drain");
    boolean remove = flag(root, "remove");
    if (drain && remove) {
      throw Bodies.bad("expected drain or remove, found both");
    }
    return remove ? Service.REMOVED : drain ? Service.DRAINED : Service.STAY;
  }

  private static boolean flag(JsonNode root, String name) {
    JsonNode value = root.path(name);
    if (root.has(name) && !value.isBoolean()) {
      throw Bodies.unlike(name, "true or false", value);
    }
    return value.booleanValue();
  }

  private static List<AddedHost> added(JsonNode root) {
    List<AddedHost> added = new ArrayList<>();
    for (JsonNode each : array("add", root.path("add"), MAX_HOSTS)) {
      String where = "add[" + added.size() + "]";
      JsonNode host = Bodies.object(where, each, Set.of("host", "like", "pool"));
      added.add(
          new AddedHost(
              require(where, host, "host"),
              require(where, host, "like"),
              text(where, host, "pool")));
    }
    return added;
  }

  private static Optional<OtherRules> rules(JsonNode root) {
    if (!root.has("rules")) {
      return Optional.empty();
    }
    JsonNode rules = part(root, "rules", Set.of("packs", "options", "policies"));
    Optional<Set<Policy>> policies =
        rules.has("policies") ? Optional.of(policies(rules.path("policies"))) : Optional.empty();
    return Optional.of(
        new OtherRules(
            texts("rules.packs", rules.path("packs")),
            texts("rules.options", rules.path("options")),
            policies));
  }

  private static Set<Policy> policies(JsonNode list) {
    Set<Policy> policies = EnumSet.noneOf(Policy.class);
    for (String name : names("rules.policies", list, MAX_NAMES)) {
      try {
        policies.add(Policy.parse(name));
      } catch (IllegalArgumentException e) {
        throw Bodies.bad("rules.policies: " + e.getMessage());
      }
    }
    return policies;
  }

  private static List<RuleOverride> overrides(JsonNode list, long now) {
    List<RuleOverride> overrides = new ArrayList<>();
    for (JsonNode each : array("overrides.add", list, MAX_NAMES)) {
      String where = "overrides.add[" + overrides.size() + "]";
      JsonNode entry = Bodies.object(where, each, Set.of("rule", "scope", "from", "to"));
      String rule = require(where, entry, "rule");
      if (!OverridableRules.isSpelledSo(rule)) {
        throw Bodies.bad(
            "%s.rule: expected PACK/RULE or one of %s, found %s"
                .formatted(where, String.join(", ", OverridableRules.fixed()), quote(rule)));
      }
      overrides.add(
          new RuleOverride(
              "(new " + overrides.size() + ")",
              rule,
              scope(where, entry),
              "nobody",
              "not there yet",
              Instant.ofEpochMilli(now),
              Optional.empty(),
              Optional.empty()));
    }
    return overrides;
  }

  private static OverrideScope scope(String where, JsonNode entry) {
    String scope = require(where, entry, "scope");
    return new OverrideScope(
        OverrideScope.Kind.of(scope)
            .orElseThrow(
                () ->
                    Bodies.bad(
                        where + ".scope: expected profile, driver or pool, found " + quote(scope))),
        require(where, entry, "from"),
        require(where, entry, "to"));
  }

  private static JsonNode part(JsonNode root, String name, Set<String> known) {
    return root.has(name) ? Bodies.object(name, root.path(name), known) : root.path(name);
  }

  private static JsonNode array(String where, JsonNode node, int most) {
    if (!node.isMissingNode() && (!node.isArray() || node.size() > most)) {
      throw Bodies.unlike(where, "an array of at most " + most, node);
    }
    return node;
  }

  private static Set<String> names(String where, JsonNode node, int most) {
    if (node.isMissingNode()) {
      return Set.of();
    }
    Set<String> names = new TreeSet<>();
    for (String name : Bodies.strings(where, node, most)) {
      names.add(bounded(where, name));
    }
    return names;
  }

  private static SortedMap<String, String> texts(String where, JsonNode node) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (node.isMissingNode()) {
      return texts;
    }
    if (!node.isObject() || node.size() > MAX_NAMES) {
      throw Bodies.unlike(where, "an object of at most " + MAX_NAMES + " strings", node);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      if (!member.getValue().isTextual()) {
        throw Bodies.unlike(where + "." + quote(member.getKey()), "a string", member.getValue());
      }
      // A pack is a file of its own, which its reader bounds.
      String value = member.getValue().textValue();
      texts.put(
          bounded(where, member.getKey()),
          where.equals("rules.packs") ? value : bounded(where, value));
    }
    return texts;
  }

  private static String require(String where, JsonNode from, String name) {
    return text(where, from, name)
        .orElseThrow(() -> Bodies.unlike(where + "." + name, "a string", from.path(name)));
  }

  private static Optional<String> text(String where, JsonNode from, String name) {
    JsonNode value = from.path(name);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    String at = where.isEmpty() ? name : where + "." + name;
    if (!value.isTextual() || value.textValue().isEmpty()) {
      throw Bodies.unlike(at, "a string that is not empty", value);
    }
    return Optional.of(bounded(at, value.textValue()));
  }

  private static String bounded(String where, String text) {
    if (text.length() > MAX_TEXT) {
      throw Bodies.bad(
          "%s: expected at most %d characters, found %d".formatted(where, MAX_TEXT, text.length()));
    }
    return text;
  }

  private static String quote(String text) {
    return Problem.quote(text);
  }
}
