package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.inventory.HostReading;
import io.fleetcompat.testing.Vector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The specification's vectors, each as two trees on disk: read, placed and judged. */
class VectorsTest {

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException {
    return Vector.tests(this::check);
  }

  private void check(Vector vector) throws IOException {
    Path roots = directory.resolve(vector.name());
    Endpoint source = endpoint(roots.resolve("source"), vector.source());
    Endpoint destination = endpoint(roots.resolve("destination"), vector.destination());
    Judge judge =
        new Judge(vector.policies().stream().map(Policy::parse).collect(Collectors.toSet()));
    Profile from = Profile.of(source);
    Profile to = Profile.of(destination);
    Verdict verdict = judge.judge(from, to).withValues(ObligationValues.of(source));

    String why = vector.why() + "\n" + verdict;
    assertThat(verdict.outcome().name()).as(why).isEqualTo(vector.verdict());
    assertThat(judge.outcome(from, to)).as(why).isEqualTo(verdict.outcome());
    assertThat(verdict.reasons())
        .extracting(Verdict.Reason::rule)
        .as(why)
        .containsAll(vector.rules());
    assertThat(verdict.warnings())
        .extracting(Verdict.Warning::rule)
        .as(why)
        .containsAll(vector.warnings());
    Map<String, Optional<String>> obligations = new TreeMap<>();
    verdict.obligations().forEach(o -> obligations.put(o.attribute(), o.value()));
    vector.obligations().ifPresent(expected -> assertThat(obligations).as(why).isEqualTo(expected));
  }

  private static Endpoint endpoint(Path root, Vector.Side side) throws IOException {
    EndpointName name = EndpointName.parse(side.endpoint());
    try (HostReader reader = HostReader.of(side.write(root))) {
      HostReading reading = reader.read();
      return reading.endpoints().stream()
          .filter(endpoint -> endpoint.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("expected " + name + ", found " + reading.endpoints()));
    }
  }
}
