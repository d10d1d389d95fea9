package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.collector.HostReader;
import io.fleetcompat.compatibility.inventory.Endpoint;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The second judge against the specification's vectors. */
class NaiveVectorsTest {

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
    Path root = directory.resolve(vector.get("name").asText());
    Set<Policy> policies = EnumSet.noneOf(Policy.class);
    vector.path("policy").forEach(policy -> policies.add(Policy.parse(policy.asText())));
    NaiveVerdict verdict =
        new NaiveJudge(policies)
            .judge(
                endpoint(root.resolve("source"), vector.get("source")),
                endpoint(root.resolve("destination"), vector.get("destination")));

    JsonNode expect = vector.get("expect");
    String why = vector.get("why").asText() + "\n" + verdict;
    assertThat(verdict.outcome().name()).as(why).isEqualTo(expect.get("verdict").asText());
    Set<String> rules = new TreeSet<>();
    expect.path("rules").forEach(rule -> rules.add(rule.asText()));
    assertThat(verdict.rules()).as(why).containsAll(rules);
    expect
        .path("warnings")
        .forEach(
            rule ->
                assertThat(verdict.warnings()).as(why).anyMatch(w -> w.startsWith(rule.asText())));
    if (expect.has("obligations")) {
      Map<String, Optional<String>> expected = new TreeMap<>();
      expect
          .get("obligations")
          .forEach(
              o ->
                  expected.put(
                      o.get("attribute").asText(),
                      Optional.ofNullable(o.get("value").textValue())));
      assertThat(verdict.obligations()).as(why).isEqualTo(expected);
    }
  }

  private static Endpoint endpoint(Path root, JsonNode side) throws IOException {
    Map<String, @Nullable String> tree = new TreeMap<>();
    side.get("tree").properties().forEach(e -> tree.put(e.getKey(), e.getValue().textValue()));
    Map<String, String> links = new TreeMap<>();
    side.get("links").properties().forEach(e -> links.put(e.getKey(), e.getValue().asText()));
    SysfsTrees.write(root, tree, links);
    String name = side.get("endpoint").asText();
    try (HostReader reader = HostReader.of(root)) {
      return reader.read().endpoints().stream()
          .filter(endpoint -> endpoint.name().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("expected an endpoint " + name));
    }
  }
}
