package io.fleetcompat.compatibility.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The warnings about migration features, which each pack whose driver can migrate says itself,
 * since a pack is one file that an operator may copy: they are the same in all of them.
 */
class RepeatedWarningsTest {

  @ParameterizedTest
  @ValueSource(strings = {"pre-copy", "p2p", "dirty-tracking"})
  void aWarningOfMigrationFeaturesIsTheSameInEveryPack(String id) {
    List<PackRule> rules =
        RulePacks.builtIn().all().stream()
            .flatMap(pack -> pack.rules().stream())
            .filter(rule -> rule.id().equals(id))
            .toList();

    assertThat(rules).hasSizeGreaterThan(1);
    assertThat(rules)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("reason", "line")
        .containsOnly(rules.getFirst());
  }
}
