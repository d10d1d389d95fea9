package io.fleetcompat.compatibility.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rule sets as they are written: enough to judge by them, or known not to be. */
class WrittenRulesTest {

  @Test
  void aRuleSetOfThisVersionComesBackEqual() {
    for (Set<Policy> policies :
        List.of(EnumSet.noneOf(Policy.class), EnumSet.allOf(Policy.class), Set.of(Policy.MUTUAL))) {
      RuleSet rules = RuleSet.of(policies);
      assertThat(WrittenRules.of(rules).known()).hasValue(rules);
    }
  }

  @Test
  void soDoesOneWithChosenOptionsOfPacks() throws BadYamlException {
    RulePacks packs =
        RulePacks.builtIn()
            .with(new TreeMap<>(), new TreeMap<>(Map.of("nvidia-mdev.ecc", "if-known")));
    RuleSet rules = RuleSet.of(Set.of(), packs);
    assertThat(rules).isNotEqualTo(RuleSet.of(Set.of()));
    assertThat(WrittenRules.of(rules).known()).hasValue(rules);
  }

  @Test
  void anotherVersionAnotherPolicyAndPacksThatNobodyNamedAreNotOurs() {
    RuleSet mutual = RuleSet.of(Set.of(Policy.MUTUAL));
    for (WrittenRules other :
        List.of(
            new WrittenRules("999[mutual]", List.of("mutual"), Map.of(), Map.of()),
            new WrittenRules(mutual.toString(), List.of(), Map.of(), Map.of()),
            new WrittenRules(mutual.toString(), List.of("mutual", "tomorrow"), Map.of(), Map.of()),
            new WrittenRules(
                mutual.toString(), List.of("mutual"), Map.of("a.yaml", "pack: a"), Map.of()),
            new WrittenRules(mutual.toString(), List.of("mutual"), Map.of(), Map.of("a.b", "c")))) {
      assertThat(other.known()).as(other.toString()).isEmpty();
    }
    assertThat(
            new WrittenRules("9[mutual]", List.of("tomorrow", "mutual"), Map.of(), Map.of())
                .nearest())
        .isEqualTo(mutual);
  }
}
