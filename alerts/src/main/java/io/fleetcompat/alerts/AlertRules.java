package io.fleetcompat.alerts;

import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All alert rules, and the silences. */
public record AlertRules(List<AlertRule> rules, List<Silence> silences) {

  private static final String DEFAULTS_FILE = "default-alerts.yaml";

  public AlertRules {
    rules = List.copyOf(rules);
    silences = List.copyOf(silences);
  }

  /** The text of the rules that are built in, to begin a file with. */
  public static String defaultText() {
    return Resource.text(AlertRules.class, DEFAULTS_FILE);
  }

  /** The rules that are built in; no silences. */
  public static AlertRules defaults() {
    try {
      return AlertRuleFile.parse(DEFAULTS_FILE, defaultText());
    } catch (BadYamlException e) {
      throw new IllegalStateException("the built-in alert rules", e);
    }
  }

  /** The rule of that name. */
  Optional<AlertRule> rule(String name) {
    return rules.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The silences that are in force. */
  public List<Silence> silencesAt(Instant now) {
    return silences.stream().filter(each -> each.period().contains(now)).toList();
  }
}
