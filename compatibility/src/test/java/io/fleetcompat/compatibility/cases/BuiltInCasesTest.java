package io.fleetcompat.compatibility.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Verdict.Outcome;
import io.fleetcompat.compatibility.pack.RulePack;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published cases of each built-in pack hold, and leave out no rule and no kind of answer. */
class BuiltInCasesTest {

  private static final RulePacks PACKS = RulePacks.builtIn();

  private static PackCases cases(RulePack pack) {
    try {
      return PackCases.read(pack.id() + ".yaml", PackCases.builtIn(pack.id()), pack);
    } catch (BadYamlException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everyCaseHolds() {
    return PACKS.all().stream()
        .flatMap(pack -> cases(pack).run(PACKS).stream().map(result -> test(pack, result)));
  }

  private static DynamicTest test(RulePack pack, PackCases.Result result) {
    return DynamicTest.dynamicTest(
        pack.id() + ": " + result.of().name(), () -> assertThat(result.differences()).isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> everyRuleAndKindOfAnswerHasACase() {
    return PACKS.all().stream()
        .map(pack -> DynamicTest.dynamicTest(pack.id(), () -> isCovered(pack)));
  }

  private static void isCovered(RulePack pack) {
    PackCases cases = cases(pack);
    assertThat(cases.notCovered()).isEmpty();
    Set<Outcome> outcomes =
        cases.run(PACKS).stream()
            .map(result -> result.of().expected().verdict())
            .collect(Collectors.toSet());
    if (pack.noRules().isPresent()) {
      assertThat(outcomes).contains(Outcome.UNKNOWN);
    } else if (pack.rules().isEmpty()) {
      assertThat(outcomes).containsExactly(Outcome.INCOMPATIBLE);
    } else {
      assertThat(outcomes).containsAll(List.of(Outcome.values()));
    }
  }
}
