package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.LocalStack;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerConfig;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that is asked all the time while the rules change under it. */
class RuleSwapIT {

  private static final int HOSTS = 8;
  private static final Duration WITHIN = Duration.ofMinutes(3);

  private static final RuleSet BEFORE = RuleSet.of(Set.of());
  private static final RuleSet AFTER = RuleSet.of(Set.of(Policy.MUTUAL));

  /** The rules of this version under another number. */
  private static final RuleSet TOMORROW = new RuleSet(99, Set.of(), RulePacks.builtIn());

  private static final String PACK =
      """
      pack: own
      version: 1
      title: our own functions
      match: {kind: [pci], driver: [own_vfio_pci]}
      no-rules: nobody has written any
      """;

  private final Path directory;
  private final LocalStack stack;

  RuleSwapIT(@TempDir Path directory) {
    this.directory = directory;
    this.stack = new LocalStack(directory);
  }

  @BeforeEach
  void simulate() throws IOException {
    SimulatedFleet.open(stack.fleet(), HOSTS, 20261126);
  }

  @Test
  void noAnswerIsLostWhileIndexersOfOtherRulesTakeTurnsAndEachNamesTheRulesThatItIsBy()
      throws Exception {
    try (FleetCollectors collectors = stack.collectors(Map.of());
        QueryServer api = stack.api(Map.of("stale-after", "20m"));
        RestlessClient client = new RestlessClient(api)) {
      assertThat(collectors.size()).isEqualTo(HOSTS);
      try (Indexer indexer = index(BEFORE)) {
        begin(client, indexer);
        client.awaitAnswers(BEFORE.toString());
      }
      try (Indexer indexer = index(AFTER)) {
        client.awaitAnswers(AFTER.toString());
        assertThat(indexer.hasFailed()).isFalse();
      }
      try (Indexer indexer = index(TOMORROW)) {
        awaitStatus(client, "/ruleSetInForce", TOMORROW.toString());
        assertThat(client.get("/v1/status").path("ruleSet").asText()).isEqualTo(AFTER.toString());
        writeAsALaterVersion();
        awaitStatus(client, "/rejectedRecords", "3");
        client.forget();
        client.awaitAnswers(AFTER.toString());
        assertThat(client.ruleSets()).containsExactly(AFTER.toString());
        assertThat(indexer.hasFailed()).isFalse();
      }
      try (Indexer indexer = index(AFTER)) {
        awaitStatus(client, "/ruleSetInForce", "");
        assertThat(indexer.hasFailed()).isFalse();
      }
      client.end();
      assertThat(client.lost()).isEmpty();
      assertThat(client.ruleSets()).containsExactly(AFTER.toString());
    }
  }

  @Test
  void rulePacksThatChangeOnDiskComeIntoForceWithoutARestartAndBadOnesAreTold() throws Exception {
    Path packs = Files.createDirectory(directory.resolve("packs"));
    IndexerConfig config =
        stack.indexerConfig(
            Map.of("rules.directory", packs.toString(), "rules.reload-every", "100ms"));
    try (FleetCollectors collectors = stack.collectors(Map.of());
        QueryServer api = stack.api(Map.of("stale-after", "20m"));
        RestlessClient client = new RestlessClient(api);
        Indexer indexer = Indexer.start(config)) {
      assertThat(collectors.size()).isEqualTo(HOSTS);
      begin(client, indexer);
      client.awaitAnswers(BEFORE.toString());
      Files.writeString(packs.resolve("own.yaml"), PACK);
      RuleSet own = withPacks(Map.of("own.yaml", PACK), Map.of());
      client.awaitAnswers(own.toString());
      Files.writeString(packs.resolve("own.yaml"), PACK.replace("version: 1", "version: one"));
      Await.until(
          "the refusal is told",
          WITHIN,
          () -> client.get("/v1/status").at("/refusedRules/reason").asText(),
          reason -> reason.startsWith("own.yaml:2: expected"));
      client.forget();
      client.awaitAnswers(own.toString());
      assertThat(client.ruleSets()).as("what is refused changes nothing").hasSize(1);
      Files.writeString(packs.resolve("own.yaml"), PACK);
      awaitStatus(client, "/refusedRules/reason", "");
      Files.writeString(packs.resolve("options.properties"), "nvidia-mdev.ecc=if-known\n");
      RuleSet chosen = withPacks(Map.of("own.yaml", PACK), Map.of("nvidia-mdev.ecc", "if-known"));
      client.awaitAnswers(chosen.toString());
      client.end();
      assertThat(client.lost()).isEmpty();
      assertThat(indexer.hasFailed()).isFalse();
    }
  }

  private static RuleSet withPacks(Map<String, String> packs, Map<String, String> options)
      throws Exception {
    return RuleSet.of(
        Set.of(), RulePacks.builtIn().with(new TreeMap<>(packs), new TreeMap<>(options)));
  }

  private static void begin(RestlessClient client, Indexer indexer) throws Exception {
    Await.until("all is judged", WITHIN, () -> judged(client, indexer), held -> held);
    client.begin();
  }

  private static boolean judged(RestlessClient client, Indexer indexer) throws Exception {
    assertThat(indexer.hasFailed()).isFalse();
    JsonNode status = client.get("/v1/status");
    return status.path("ready").asBoolean()
        && status.path("hosts").asInt() == HOSTS
        && status.path("pendingProfiles").asInt() == 0
        && status.path("ruleSet").asText().equals(BEFORE.toString());
  }

  private static void awaitStatus(RestlessClient client, String pointer, String value) {
    Await.until(
        pointer + " is '" + value + "'",
        WITHIN,
        () -> client.get("/v1/status").at(pointer).asText(),
        value::equals);
  }

  /** Keys that this version does not know, and a value of a schema that it does not have. */
  private void writeAsALaterVersion() throws ExecutionException, InterruptedException {
    byte[] later = {(byte) 0xc3, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    String set = RuleSetId.of("another of tomorrow").toString();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String key : List.of("overrides", set + "/explanation", set + "/rules")) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(stack.prefix() + "matrix", name, later)).get();
      }
    }
  }

  private Indexer index(RuleSet rules) {
    return Indexer.start(stack.indexerConfig(Map.of()).with(rules));
  }
}
