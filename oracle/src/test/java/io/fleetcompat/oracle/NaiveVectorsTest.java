package io.fleetcompat.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.collector.HostReader;
import io.fleetcompat.collector.sysfs.Bounds;
import io.fleetcompat.collector.sysfs.SysfsTree;
import io.fleetcompat.collector.sysfs.readers.FactsDirectory;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.override.OverrideScope;
import io.fleetcompat.compatibility.override.RuleOverride;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The second judge against the vectors of the rules. */
class NaiveVectorsTest {

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException {
    return Vector.tests(this::check);
  }

  private void check(Vector vector) throws IOException {
    Path roots = directory.resolve(vector.name());
    NaiveVerdict verdict =
        new NaiveJudge(
                vector.policies().stream().map(NaivePolicy::parse).collect(Collectors.toSet()),
                NaiveAnswers.NONE,
                packs(vector))
            .judge(
                endpoint(roots.resolve("source"), vector.source()),
                endpoint(roots.resolve("destination"), vector.destination()));

    String why = vector.why() + "\n" + verdict;
    assertThat(verdict.outcome().name()).as(why).isEqualTo(vector.verdict());
    assertThat(verdict.rules()).as(why).isEqualTo(vector.rules());
    assertThat(
            verdict.warnings().stream()
                .map(w -> w.substring(0, w.indexOf(' ')))
                .collect(Collectors.toSet()))
        .as(why)
        .isEqualTo(vector.warnings());
    vector
        .obligations()
        .ifPresent(expected -> assertThat(verdict.obligations()).as(why).isEqualTo(expected));
  }

  @TestFactory
  Stream<DynamicTest> withoutEachOfItsRules() throws IOException {
    return Vector.tests(this::checkWithout);
  }

  /** Each vector once more for each of its rules, turned off: both judges leave the same of it. */
  private void checkWithout(Vector vector) throws IOException {
    Path roots = directory.resolve(vector.name() + "-without");
    Endpoint source = endpoint(roots.resolve("source"), vector.source());
    Endpoint destination = endpoint(roots.resolve("destination"), vector.destination());
    RulePacks packs = packs(vector);
    Judge judge =
        new Judge(RuleSet.of(vector.policies().stream().map(Policy::parse).toList(), packs));
    Verdict base = judge.judge(Profile.of(source), Profile.of(destination));
    NaiveJudge naive =
        new NaiveJudge(
            vector.policies().stream().map(NaivePolicy::parse).collect(Collectors.toSet()),
            NaiveAnswers.NONE,
            packs);
    String from = Profile.of(source).fingerprint().toString();
    String to = Profile.of(destination).fingerprint().toString();
    for (String rule : vector.rules()) {
      RuleOverride override =
          new RuleOverride(
              "o",
              rule,
              new OverrideScope(OverrideScope.Kind.PROFILE, from, to),
              "an.operator",
              "tried",
              Instant.EPOCH,
              Optional.empty(),
              Optional.empty());
      NaiveOverrides overrides =
          new NaiveOverrides(
              List.of(
                  new NaiveOverrides.Statement(
                      "o", rule, "profile", from, to, Optional.empty(), Optional.empty())));
      NaiveVerdict expected =
          naive.judge(
              source,
              destination,
              overrides.turnedOff(
                  new NaiveOverrides.Side(from, source, Optional.empty()),
                  new NaiveOverrides.Side(to, destination, Optional.empty()),
                  Instant.EPOCH));
      if (expected.whole()) {
        NaiveOverridesTest.assertSame(
            vector.name() + " without " + rule,
            expected,
            OverridableRules.without(List.of(override), base));
      }
    }
  }

  private static RulePacks packs(Vector vector) {
    try {
      return RulePacks.builtIn()
          .with(new TreeMap<>(vector.packs()), new TreeMap<>(vector.options()));
    } catch (BadYamlException e) {
      throw new AssertionError(vector.name(), e);
    }
  }

  private static Endpoint endpoint(Path root, Vector.Side side) throws IOException {
    Path facts = side.writeFacts(root.resolveSibling(root.getFileName() + "-facts"));
    FactsDirectory ofAnyAge = new FactsDirectory(facts, Duration.ZERO, InstantSource.system());
    SysfsTree tree = SysfsTree.open(side.write(root), Bounds.DEFAULT, SysfsTree.READ_DEADLINE);
    try (HostReader reader = new HostReader(tree, Optional.empty(), Optional.of(ofAnyAge))) {
      return reader.read().endpointsInContext().stream()
          .filter(endpoint -> endpoint.name().toString().equals(side.endpoint()))
          .findFirst()
          .orElseThrow(() -> new AssertionError("expected an endpoint " + side.endpoint()));
    }
  }
}
