package io.fleetcompat.compatibility.judge;

import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule set as it is written for others: by what it carries, a version that has the same rules can
 * judge by it, and one that has not can tell. Untrusted where it was read. Immutable.
 *
 * @param ruleSet the spelling of the rule set
 * @param policies as they are spelled; some may be of a newer version
 * @param packs the operator's own rule packs: file name → text
 * @param packOptions the options of packs that are not at their default
 */
public record WrittenRules(
    String ruleSet,
    List<String> policies,
    Map<String, String> packs,
    Map<String, String> packOptions) {

  public WrittenRules {
    policies = List.copyOf(policies);
    packs = Map.copyOf(packs);
    packOptions = Map.copyOf(packOptions);
  }

  /** A rule set of this version. */
  public static WrittenRules of(RuleSet rules) {
    return new WrittenRules(
        rules.toString(), rules.policyNames(), rules.packs().files(), rules.packs().options());
  }

  /** The rule set of this version under what this version knows of it. */
  public RuleSet nearest() {
    return RuleSet.of(
        Arrays.stream(Policy.values())
            .filter(policy -> policies.contains(policy.toString()))
            .toList(),
        rulePacks());
  }

  /** The packs of this version with those that are written over them, where it accepts them. */
  private RulePacks rulePacks() {
    try {
      return RulePacks.builtIn().with(new TreeMap<>(packs), new TreeMap<>(packOptions));
    } catch (BadYamlException e) {
      return RulePacks.builtIn(); // the digest then tells that these rules are not ours
    }
  }

  /** The rule set itself, where this version has the rules and all that was written of it. */
  public Optional<RuleSet> known() {
    RuleSet nearest = nearest();
    return of(nearest).equals(this) ? Optional.of(nearest) : Optional.empty();
  }
}
