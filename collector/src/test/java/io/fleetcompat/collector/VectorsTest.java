package io.fleetcompat.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.compatibility.inventory.Endpoint;
import io.fleetcompat.compatibility.inventory.EndpointName;
import io.fleetcompat.compatibility.inventory.HostReading;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.ObligationValues;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.Verdict;
import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The specification's vectors, each as two trees on disk: read, placed and judged. */
class VectorsTest {

  private static final Path VECTORS = Path.of("src/test/resources/vectors");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> vectors() throws IOException {
    try (Stream<Path> files = Files.list(VECTORS)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
    }
  }

  private void run(Path file) throws IOException {
    JsonNode vector = JSON.readTree(file.toFile());
    String name = vector.get("name").asText();
    Endpoint source = endpoint(directory.resolve(name + "/source"), vector.get("source"));
    Endpoint destination =
        endpoint(directory.resolve(name + "/destination"), vector.get("destination"));
    Judge judge = new Judge(policies(vector));
    Profile from = Profile.of(source);
    Profile to = Profile.of(destination);
    Verdict verdict = judge.judge(from, to).withValues(ObligationValues.of(source));

    JsonNode expect = vector.get("expect");
    String why = vector.get("why").asText() + "\n" + verdict;
    assertThat(verdict.outcome().name()).as(why).isEqualTo(expect.get("verdict").asText());
    assertThat(judge.outcome(from, to)).as(why).isEqualTo(verdict.outcome());
    assertThat(verdict.reasons())
        .extracting(Verdict.Reason::rule)
        .as(why)
        .containsAll(texts(expect, "rules"));
    if (expect.has("warnings")) {
      assertThat(verdict.warnings())
          .extracting(Verdict.Warning::rule)
          .as(why)
          .containsAll(texts(expect, "warnings"));
    }
    if (expect.has("obligations")) {
      Map<String, @Nullable String> obligations = new TreeMap<>();
      verdict.obligations().forEach(o -> obligations.put(o.attribute(), o.value().orElse(null)));
      Map<String, @Nullable String> expected = new TreeMap<>();
      expect
          .get("obligations")
          .forEach(o -> expected.put(o.get("attribute").asText(), o.get("value").textValue()));
      assertThat(obligations).as(why).isEqualTo(expected);
    }
  }

  private static Endpoint endpoint(Path root, JsonNode side) throws IOException {
    Map<String, @Nullable String> tree = new TreeMap<>();
    side.get("tree").properties().forEach(e -> tree.put(e.getKey(), e.getValue().textValue()));
    Map<String, String> links = new TreeMap<>();
    side.get("links").properties().forEach(e -> links.put(e.getKey(), e.getValue().asText()));
    SysfsTrees.write(root, tree, links);
    EndpointName name = EndpointName.parse(side.get("endpoint").asText());
    try (HostReader reader = HostReader.of(root)) {
      HostReading reading = reader.read();
      return reading.endpoints().stream()
          .filter(endpoint -> endpoint.name().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new AssertionError("expected " + name + ", found " + reading.endpoints()));
    }
  }

  private static Set<Policy> policies(JsonNode vector) {
    Set<Policy> policies = new TreeSet<>();
    texts(vector, "policy").forEach(policy -> policies.add(Policy.parse(policy)));
    return policies;
  }

  private static Set<String> texts(JsonNode node, String name) {
    Set<String> texts = new TreeSet<>();
    node.path(name).forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
