package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.cli.Run;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.SysfsTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator turns a rule off and on again, over a real broker; the naive judge agrees. */
class OverrideIT {

  private static final String PARENT = "0000:00:02.0";
  private static final String FUNCTION = "devices/pci0000:00/" + PARENT;
  private static final String TYPE = FUNCTION + "/mdev_supported_types/t/";
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int YES = 0;
  private static final int USAGE = 2;
  private static final int NO = 3;
  private static final int NOT_FOUND = 5;

  private final Path directory;
  private final LocalStack stack;
  private String api = "";

  OverrideIT(@TempDir Path directory) {
    this.directory = directory;
    this.stack = new LocalStack(directory);
  }

  @Test
  void aRuleIsTurnedOffForPoolsUntilItIsTakenBackOrExpires() throws Exception {
    host("new", "blue", "1.3.0");
    host("old", "green", "1.2.0");
    host("other", "red", "1.2.0");
    try (Indexer indexer = stack.indexer();
        FleetCollectors collectors = stack.collectors(Map.of());
        QueryServer server = stack.api(Map.of())) {
      assertThat(collectors.size()).isEqualTo(3);
      assertThat(indexer).isNotNull();
      api = "http://127.0.0.1:" + server.port();
      awaitCheck("old", NO);
      awaitCheck("other", NO);
      refused();
      Run added = add("--id", "lab", "--reason", "tried on 3 cards");
      assertThat(added.out()).contains("lab: of 1 pairs", "1 become COMPATIBLE", "added lab");
      awaitCheck("old", YES);
      awaitCheck("other", NO);
      assertThat(check("old").out()).contains("overridden by lab", "tried on 3 cards");
      assertThat(run("destinations", "new/" + PARENT + "/t", "--api", api).out())
          .contains("COMPATIBLE by override lab", "1 of 1 destinations");
      assertThat(run("override", "list", "--api", api).out()).contains("lab", "in-force", "blue");
      verified();
      poison();
      assertThat(check("old").status()).isEqualTo(YES);
      assertThat(add("--id", "lab", "--reason", "another").status()).isEqualTo(USAGE);
      assertThat(kafka("override", "remove", "lab", "nobody").status()).isEqualTo(NOT_FOUND);
      assertThat(kafka("override", "remove", "lab").status()).isZero();
      awaitCheck("old", NO);
      assertThat(add("--id", "short", "--reason", "for a moment", "--expires", "4s").status())
          .isZero();
      awaitCheck("old", YES);
      awaitCheck("old", NO);
      assertThat(run("override", "list", "--api", api).out()).contains("expired");
      ofAFile();
      verified();
    }
  }

  private void refused() {
    Run structural = add("--reason", "no", "--id", "x", "--rule", "facet-missing");
    assertThat(structural.status()).isEqualTo(USAGE);
    assertThat(structural.err()).contains("software-version", "PACK/RULE", "'facet-missing'");
  }

  /** All of a file or none: a circle is refused with file and line, and nothing is written. */
  private void ofAFile() throws IOException {
    Path file = directory.resolve("overrides.yaml");
    String entry =
        "  - id: %s\n    rule: software-version\n    pool: {source: blue, destination: %s}\n"
            + "    reason: tried\n%s";
    Files.writeString(
        file,
        "overrides:\n"
            + entry.formatted("one", "green", "    replaces: two\n")
            + entry.formatted("two", "red", "    replaces: one\n"));
    Run circle = kafka("override", "add", "--file", file.toString());
    assertThat(circle.status()).isEqualTo(USAGE);
    assertThat(circle.err()).contains("overrides.yaml:6", "in a circle");
    Files.writeString(
        file,
        "overrides:\n"
            + entry.formatted("one", "green", "    replaces: two\n")
            + entry.formatted("two", "red", ""));
    assertThat(kafka("override", "add", "--file", file.toString()).status()).isZero();
    awaitCheck("old", YES);
    assertThat(check("other").status()).as("two is replaced").isEqualTo(NO);
    assertThat(kafka("override", "add", "--file", file.toString()).out())
        .contains("nothing to add");
  }

  /** Records that nobody can use are counted, and nothing else is lost. */
  private void poison() throws InterruptedException, ExecutionException {
    byte[] garbage = "no record".getBytes(StandardCharsets.UTF_8);
    Map<String, Object> settings = Map.of("bootstrap.servers", stack.bootstrapServers());
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(stack.prefix() + "overrides", garbage, garbage)).get();
      producer
          .send(new ProducerRecord<>(stack.prefix() + "overrides", new byte[] {'z'}, garbage))
          .get();
    }
    Await.until(
        "both are counted",
        SOON,
        () -> run("status", "--api", api).out(),
        out -> out.matches("(?s).*rejectedRecords +2\\b.*"));
  }

  private void verified() {
    Await.until(
        "the naive judge agrees",
        SOON,
        () -> run("verify", "--fleet", stack.fleet().toString(), "--api", api),
        run -> run.status() == 0);
  }

  private Run add(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("override", "add", "--scope", "pool", "--from", "blue", "--to", "green"));
    arguments.addAll(List.of("--author", "an.operator", "--api", api));
    if (!List.of(more).contains("--rule")) {
      arguments.addAll(List.of("--rule", "software-version"));
    }
    arguments.addAll(List.of(more));
    return kafka(arguments.toArray(String[]::new));
  }

  private Run kafka(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(
        List.of("--bootstrap-servers", stack.bootstrapServers(), "--topic-prefix", stack.prefix()));
    return run(all.toArray(String[]::new));
  }

  private static Run run(String... arguments) {
    return Run.of(arguments);
  }

  private Run check(String host) {
    return run("check", "new/" + PARENT + "/t", host + "/" + PARENT + "/t", "--api", api);
  }

  private void awaitCheck(String host, int status) {
    Await.until(host + ": " + status, SOON, () -> check(host).status(), s -> s == status);
  }

  private void host(String name, String pool, String version) throws IOException {
    Path folder = stack.fleet().resolve(name);
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("host.json"), "{\"labels\": {\"pool\": \"%s\"}}".formatted(pool));
    SysfsTrees.write(
        folder.resolve("sys"),
        new TreeMap<>(
            Map.of(
                TYPE + "software_version", version,
                TYPE + "device_api", "vfio-pci",
                FUNCTION + "/vendor", "0x8086")),
        Map.of("class/mdev_bus/" + PARENT, "../../" + FUNCTION));
  }
}
