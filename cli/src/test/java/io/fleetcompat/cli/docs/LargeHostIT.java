package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.LargeTree;
import io.fleetcompat.testing.LargeTree.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hosts with very many types, collected within the heap that the launcher gives {@code collect}.
 */
class LargeHostIT {

  /** The words of the lines about a collector that takes less, since its heap is too small. */
  private static final String TAKES_LESS = "a look at it does not fit the heap of";

  @TempDir static Path directory;

  private static final KafkaFixture KAFKA = KafkaFixture.shared();
  private static final String PREFIX = KAFKA.uniquePrefix();
  private static final int API = FreePorts.find(1).getFirst();

  private static Application application;
  private static Application small;
  private static Child large;
  private static Child surplus;
  private static Child greedy;

  @BeforeAll
  static void start() throws Exception {
    application =
        new Application(
            directory,
            Map.of(
                "FLEETCOMPAT_BOOTSTRAP_SERVERS",
                KAFKA.bootstrapServers(),
                "FLEETCOMPAT_API",
                "http://127.0.0.1:" + API));
    assertThat(
            application
                .run("topics", "--create", "--partitions", "4", "--topic-prefix", PREFIX)
                .status())
        .isZero();
    process("index", "--partitions", "4", "--state-dir", "index", "--set", "instance-id=one");
    process("serve", "--http-port", String.valueOf(API));
    // Checked against the catalogue, which takes its part of the heap too.
    Path facts = Files.createDirectory(directory.resolve("facts.d"));
    Files.writeString(facts.resolve("own.facts"), "nvidia.vgpu_versoin_min=5\n");
    String read = "facts-directory=" + facts;
    large = collector(application, "large", Shape.VGPU_LISTS, "--set", read);
    surplus = collector(application, "surplus", Shape.VGPU_LISTS_OF_16_CARDS);
    small =
        new Application(
            Files.createDirectory(directory.resolve("small")),
            Map.of(
                "FLEETCOMPAT_JAVA_OPTS",
                "-Xmx16m",
                "FLEETCOMPAT_BOOTSTRAP_SERVERS",
                KAFKA.bootstrapServers()));
    greedy =
        collector(
            small,
            "greedy",
            Shape.LONG_DESCRIPTIONS,
            "--set",
            "bounds.memory=500MiB",
            "--set",
            "bounds.bytes=3MiB",
            "--set",
            "interval.rescan=1s");
    Await.until("the API", () -> application.isReady(API));
  }

  @AfterAll
  static void stop() {
    small.close();
    application.close();
  }

  @Test
  void eightCardsWith48FunctionsAnd66TypesAreIndexedWhole() throws Exception {
    JsonNode host = placed("large");
    assertThat(host.path("endpoints")).hasSize(25_728);
    assertThat(host.has("refused")).isFalse();
    assertThat(host.has("incomplete")).isFalse();
    assertThat(host.path("supportedSince").fieldNames()).toIterable().isNotEmpty();
    assertThat(said("hosts", "large")).doesNotContain("refused");
    assertThat(large.said()).doesNotContain(TAKES_LESS, "OutOfMemoryError");
    assertThat(host.path("problems").toString())
        .contains("facts.d/own.facts", "line 1", "did you mean 'nvidia.vgpu_version_min'?");
    String type = "/0000:04:02.7/NVIDIA%20RTX%20Pro%206000%20Blackwell%20DC-65Q";
    assertThat(said("check", "large" + type, "large" + type.replace("02.7", "03.0")))
        .contains("NVIDIA");
  }

  @Test
  void whatIsBeyondTheBoundOnEndpointsIsRefusedNamedAndShown() throws Exception {
    JsonNode host = placed("surplus");
    assertThat(host.path("endpoints")).hasSize(32_768);
    assertThat(host.path("refused").asInt()).isEqualTo(16 * 64 * 67 - 32_768);
    assertThat(host.path("incomplete").toString()).contains("beyond a bound, the first of them");
    assertThat(host.path("problems").toString()).contains("too-large");
    assertThat(said("hosts")).contains("surplus", String.valueOf(16 * 64 * 67 - 32_768));
    Await.until(
        "a host that refuses something",
        () -> ask("/v1/status").path("refusingHosts").asInt() >= 1);
    assertThat(said("status")).contains("refusingHosts");
    assertThat(surplus.said()).doesNotContain(TAKES_LESS, "OutOfMemoryError");
  }

  @Test
  void aHeapThatIsTooSmallForTheBoundsIsSaidAndLessIsTakenOrTheProcessEnds() throws Exception {
    Await.until(
        "a word on the heap",
        Duration.ofMinutes(4),
        () -> greedy.said().contains("FLEETCOMPAT_JAVA_OPTS") || !greedy.process().isAlive(),
        held -> held);
    String said = greedy.said();
    assertThat(said).contains("FLEETCOMPAT_JAVA_OPTS", "bounds.memory", "bounds.bytes");
    assertThat(said.split(TAKES_LESS, -1).length - 1).isLessThanOrEqualTo(4);
    if (!greedy.process().isAlive()) {
      assertThat(greedy.end()).isEqualTo(1);
    }
  }

  private static JsonNode placed(String host) {
    return Await.until(
        "the endpoints of " + host,
        Await.DEFAULT_DEADLINE,
        () -> ask("/v1/hosts/" + host),
        seen -> !seen.path("endpoints").isEmpty());
  }

  private static JsonNode ask(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(application.get(API, path).body());
  }

  private static String said(String... command) throws IOException, InterruptedException {
    return application.run(command).text();
  }

  private static Child collector(Application from, String host, Shape shape, String... more)
      throws IOException {
    Path root = LargeTree.write(directory.resolve("sys-" + host), shape);
    List<String> arguments =
        new ArrayList<>(
            List.of("--root", root.toString(), "--host", host, "--state-dir", "state-" + host));
    arguments.addAll(List.of(more));
    return from.start(host, command("collect", arguments));
  }

  private static void process(String command, String... arguments) throws IOException {
    Child _ = application.start(command, command(command, List.of(arguments)));
  }

  private static List<String> command(String command, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(arguments);
    words.addAll(List.of("--topic-prefix", PREFIX));
    return words;
  }
}
