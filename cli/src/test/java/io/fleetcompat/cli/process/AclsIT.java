package io.fleetcompat.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Run;
import io.fleetcompat.cli.tree.CataloguedFacts;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerConfig;
import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All processes, and the commands of an operator, with exactly the rights that {@code acls} prints.
 */
class AclsIT {

  static final String PREFIX = "guarded-";

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String SOURCE = "host-0000/0000:00:02.0/i915-GVTg_V5_1";

  @TempDir Path directory;

  @Test
  void theRightsThatArePrintedSufficeAndAreNeeded() throws Exception {
    try (GuardedKafka kafka = GuardedKafka.start(directory)) {
      Path operator = user(kafka, "operator", "admin");
      Path collecting = user(kafka, "collecting", "collect");
      Path indexing = user(kafka, "indexing", "index");
      Path serving = user(kafka, "serving", "serve");
      Path nobody = kafka.user("nobody", "--process", "collect", "--topic-prefix", "other-");
      done(command(operator, "topics", "--create", "--partitions", "2"));
      done(command(operator, "topics", "--partitions", "2"));
      assertThat(command(nobody, "topics", "--partitions", "2").status()).isNotZero();
      assertThat(command(collecting, "keys", "list").err()).contains("Not authorized");
      done(Run.of("simulate", "--hosts", "3", directory.resolve("fleet").toString()));
      try (Indexer indexer = indexer(indexing);
          FleetCollectors collectors = collectors(collecting);
          QueryServer api = api(serving)) {
        Await.until("the indexer is ready", SOON, indexer::isReady, ready -> ready);
        assertThat(collectors.size()).isEqualTo(3);
        asked("http://127.0.0.1:" + api.port());
        commands(operator, "http://127.0.0.1:" + api.port());
        assertThat(indexer.hasFailed() || api.hasFailed()).isFalse();
      }
      asksDrivers(kafka);
      assertThat(command(operator, "forget", "host-0000", "--yes", "--timeout", "0s").err())
          .contains("expected 'host-0000' to leave the index within 0s");
      Run rebuild = command(operator, "rebuild", "--within", "0");
      assertThat(rebuild.out()).as(rebuild.err()).contains("changelogs are deleted");
      assertThat(rebuild.err()).contains("waited for an indexer to begin again in vain");
    }
  }

  private static void asked(String api) {
    Await.until(
        "a yes",
        SOON,
        () -> Run.of("check", SOURCE, "host-0002", "--api", api),
        run -> run.status() == 0);
    done(
        Run.of(
            "outcome",
            SOURCE,
            "host-0002/0000:00:02.0/i915-GVTg_V5_1",
            "--result",
            "succeeded",
            "--id",
            "m-1",
            "--api",
            api));
    Await.until(
        "the history is kept",
        SOON,
        () -> Run.of("audit", "changes", "--api", api),
        run -> run.status() == 0 && run.out().contains("host/host-0000"));
  }

  private void commands(Path operator, String api) {
    done(command(operator, "rejected"));
    done(command(operator, "rebuild", "--verify", "--within", "60"));
    done(
        command(
            operator,
            "override",
            "add",
            "--id",
            "one",
            "--rule",
            "software-version",
            "--scope",
            "driver",
            "--from",
            "i915",
            "--to",
            "i915",
            "--reason",
            "tried",
            "--api",
            api));
    done(
        command(
            operator,
            "verify",
            "--fleet",
            directory.resolve("fleet").toString(),
            "--sample",
            "1",
            "--api",
            api));
    done(command(operator, "override", "remove", "one"));
    done(command(operator, "keys", "list"));
    done(Run.of("keys", "init", directory.resolve("keys").toString()));
    done(
        command(
            operator,
            "keys",
            "add",
            "host-0009",
            "--fleet-key",
            directory.resolve("keys/fleet.key").toString(),
            "--out",
            directory.resolve("keys/hosts").toString()));
  }

  /** The work of a collector that asks drivers, on a host that has none. */
  private static void asksDrivers(GuardedKafka kafka) throws Exception {
    Path probing =
        kafka.user("probing", "--process", "collect", "--probe", "--topic-prefix", PREFIX);
    Map<String, Object> clients = new HashMap<>();
    GuardedKafka.settings(probing, Map.of())
        .forEach((name, value) -> clients.put(name.replaceFirst("^kafka\\.", ""), value));
    clients.put("bootstrap.servers", clients.remove("bootstrap-servers"));
    assertThat(NewestByKey.read(clients, PREFIX + "probe-requests", Duration.ofSeconds(30)))
        .isEmpty();
    for (String topic : List.of("probe-results", "host-inventory", "host-capacity")) {
      new TopicWriter(clients)
          .write(_ -> Stream.of(new ProducerRecord<>(PREFIX + topic, new byte[] {'x'}, null)));
    }
  }

  private static Path user(GuardedKafka kafka, String name, String process) throws Exception {
    return kafka.user(name, "--process", process, "--topic-prefix", PREFIX);
  }

  private Indexer indexer(Path settings) {
    return Indexer.start(
        IndexerConfig.parse(
            GuardedKafka.settings(
                settings,
                Map.of(
                    "partitions", "2",
                    "standby-replicas", "0",
                    "instance-id", "only",
                    "state-dir", directory.resolve("state").toString()))));
  }

  private FleetCollectors collectors(Path settings) throws Exception {
    ProcessConfig config =
        ProcessConfig.parse(GuardedKafka.settings(settings, Map.of()))
            .checking(new CataloguedFacts());
    return FleetCollectors.start(directory.resolve("fleet"), config, new SimpleMeterRegistry());
  }

  private QueryServer api(Path settings) {
    return QueryServer.start(
        QueryConfig.parse(
            GuardedKafka.settings(
                settings,
                Map.of(
                    "bind-address",
                    "127.0.0.1",
                    "port",
                    "0",
                    "history-directory",
                    directory.resolve("history").toString()))));
  }

  private static Run command(Path settings, String... words) {
    return Run.of(
        Stream.concat(Stream.of(words), Stream.of("--config", settings.toString()))
            .toArray(String[]::new));
  }

  private static void done(Run run) {
    assertThat(run.status()).as(run.err() + run.out()).isZero();
  }
}
