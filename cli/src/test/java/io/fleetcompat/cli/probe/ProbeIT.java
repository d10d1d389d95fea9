package io.fleetcompat.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.DriverFile;
import io.fleetcompat.testing.FuseTree;
import io.fleetcompat.testing.SysfsTrees;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers are asked by the index, over Kafka, and their answers outlive its restart. */
class ProbeIT {

  private static final String PARENT = "0000:00:02.0";
  private static final String FUNCTION = "devices/pci0000:00/" + PARENT;
  private static final String VERSION = FUNCTION + "/mdev_supported_types/t/migration_version";
  private static final String LINK = "class/mdev_bus/" + PARENT;
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int YES = 0;
  private static final int NO = 3;
  private static final int UNKNOWN = 4;
  private static final int EINVAL = 22;
  private static final int EBUSY = 16;
  private static final String NOBODY_ASKS =
      "no host of the destination's class that is heard of may ask its driver";

  private final List<AutoCloseable> open = new ArrayList<>();
  private final LocalStack stack;
  private String api = "";

  ProbeIT(@TempDir Path directory) {
    this.stack = new LocalStack(directory);
  }

  @BeforeEach
  void requireFuse() {
    Optional<String> obstacle = FuseTree.obstacle();
    assumeTrue(obstacle.isEmpty(), obstacle.orElse(""));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T each) {
    open.add(each);
    return each;
  }

  private Collector collector(String host, Path root, boolean probe) throws IOException {
    Map<String, String> settings =
        stack.settings(
            Map.of(
                "host",
                host,
                "root",
                root.toString(),
                "probe",
                String.valueOf(probe),
                "interval.heartbeat",
                "500ms"));
    return Collector.start(CollectorConfig.parse(settings), new SimpleMeterRegistry());
  }

  /** A host with one type, whose driver gives that string. */
  private Path copy(String host, String version) throws IOException {
    return SysfsTrees.write(
        root(host),
        new TreeMap<>(Map.of(VERSION, version, FUNCTION + "/vendor", "0x8086")),
        Map.of(LINK, "../../" + FUNCTION));
  }

  private Path root(String host) {
    return stack.fleet().resolve(host).resolve("sys");
  }

  private record Mounted(FuseTree tree, DriverFile version) {}

  private Mounted mount(String host, String version) throws IOException {
    FuseTree.Builder builder = new FuseTree.Builder();
    DriverFile file = builder.file(VERSION, version);
    builder.file(FUNCTION + "/vendor", "0x8086");
    builder.link(LINK, "../../" + FUNCTION);
    return new Mounted(opened(builder.mount(Files.createDirectories(root(host)))), file);
  }

  private Run ask(String question, String source, String destination) {
    return Run.of(
        question, endpoint(source), endpoint(destination), "--api", "http://127.0.0.1:" + api);
  }

  private static String endpoint(String host) {
    return host + "/" + PARENT + "/t";
  }

  private void await(String source, String destination, int status, String... said) {
    Await.until(
        "%s -> %s to end with %d and %s".formatted(source, destination, status, List.of(said)),
        SOON,
        () -> ask("check", source, destination),
        run ->
            run.status() == status && List.of(said).stream().allMatch(w -> run.out().contains(w)));
  }

  @Test
  void aStringIsAskedOfDriversAndTheirAnswersStay() throws Exception {
    Mounted first = mount("d1", "v2");
    Mounted second = mount("d2", "v2");
    second.version().refuses(EINVAL);
    Indexer before = stack.indexer();
    QueryServer server = opened(stack.api(Map.of()));
    api = String.valueOf(server.port());
    opened(collector("s", copy("s", "v1"), false));
    Collector silent = collector("d1", first.tree().directory(), false);
    await("s", "d1", UNKNOWN, "opaque-unprobed", "nobody has written", NOBODY_ASKS);
    assertThat(first.version().writes()).isEmpty();

    silent.close();
    opened(collector("d1", first.tree().directory(), true));
    await("s", "d1", YES);
    assertThat(ask("explain", "s", "d1").out()).contains("d1 accepted it");

    before.close();
    opened(stack.indexer());
    opened(collector("d2", second.tree().directory(), true));
    await(
        "s", "d2", UNKNOWN, "opaque-conflict", "d1 accepted it", "d2 refused it with EINVAL (22)");
    assertThat(first.version().writes()).as("asked once").containsOnlyOnce("v1");
    assertThat(second.version().writes()).containsOnlyOnce("v1");

    first.version().refuses(EINVAL);
    opened(collector("other", copy("other", "v3"), false));
    await("other", "d1", NO, "opaque-rejected", "EINVAL (22)", "d1 refused", "d2 refused");
    assertThat(first.version().writes()).containsOnlyOnce("v3");
    awaitTruth();
  }

  @Test
  void whoWasAskedInVainIsToldUntilADriverAnswers() throws Exception {
    Mounted busy = mount("d1", "v2");
    busy.version().refuses(EBUSY);
    opened(stack.indexer());
    QueryServer server = opened(stack.api(Map.of()));
    api = String.valueOf(server.port());
    opened(collector("s", copy("s", "v1"), false));
    opened(collector("d1", busy.tree().directory(), true));
    await("s", "d1", UNKNOWN, "opaque-unprobed", "d1 was asked at", "EBUSY", "it is asked again");
    assertThat(ask("explain", "s", "d1").out()).contains("d1 was asked at", "EBUSY");
    awaitTruth();
    busy.version().takes();
    await("s", "d1", YES);
    assertThat(ask("explain", "s", "d1").out()).doesNotContain("EBUSY");
  }

  /** The naive judge over the trees, with what Kafka has of drivers' answers, finds the same. */
  private void awaitTruth() {
    Await.until(
        "no mismatch",
        SOON,
        () ->
            Run.of(
                "verify",
                "--fleet",
                stack.fleet().toString(),
                "--api",
                "http://127.0.0.1:" + api,
                "--bootstrap-servers",
                stack.bootstrapServers(),
                "--topic-prefix",
                stack.prefix()),
        run -> run.status() == 0);
  }
}
