package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.cli.Main;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.IndexerMain;
import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.KillableProcess;
import io.fleetcompat.testing.OwnBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index equals a recomputation over the trees on disk, after any faults, once caught up. */
class TruthIT {

  private static final int HOSTS = 12;
  private static final int ROUNDS = 3;
  private static final int CHANGES = 25;
  private static final int PARTITIONS = 3;
  private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(3);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {20261121, 7})
  void theIndexIsTrueAfterFaults(long seed) throws Exception {
    Random random = new Random(seed);
    Path fleet = directory.resolve("fleet");
    SimulatedFleet hosts = SimulatedFleet.open(fleet, HOSTS, seed);
    try (OwnBroker broker = KafkaFixture.own();
        KillableProcess indexer = indexer(broker);
        FleetCollectors collectors = collectors(fleet, broker);
        QueryServer api = QueryServer.start(QueryConfig.parse(settings(broker)))) {
      assertThat(collectors.size()).isEqualTo(HOSTS);
      awaitTruth("at first, seed " + seed, fleet, api);
      Nuisance nuisance =
          new Nuisance(broker.bootstrapServers(), new Topics("", PARTITIONS, (short) 1), random);
      for (int round = 0; round < ROUNDS; round++) {
        change(hosts);
        nuisance.poison();
        if (random.nextBoolean()) {
          broker.process().kill();
          change(hosts);
          indexer.killAndStart();
          broker.process().restart();
        } else {
          indexer.killAndStart();
          change(hosts);
        }
        nuisance.repeatOldDocuments(hosts.hosts());
        awaitTruth("in round %d, seed %d".formatted(round, seed), fleet, api);
      }
    }
  }

  private static void change(SimulatedFleet hosts) throws IOException {
    for (int i = 0; i < CHANGES; i++) {
      hosts.change();
    }
  }

  private static void awaitTruth(String when, Path fleet, QueryServer api) {
    Await.until("no mismatch " + when, CAUGHT_UP_WITHIN, () -> verify(fleet, api), "0"::equals);
  }

  /** The exit status, with all that was said where it is not 0. */
  private static String verify(Path fleet, QueryServer api) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    String url = "http://127.0.0.1:" + api.port();
    int status = Main.run(out, out, "verify", "--fleet", fleet.toString(), "--api", url);
    return status == 0 ? "0" : status + ": " + said;
  }

  private KillableProcess indexer(OwnBroker broker) throws IOException {
    Map<String, String> settings =
        Map.of(
            "bootstrap-servers", broker.bootstrapServers(),
            "state-dir", directory.resolve("state").toString(),
            "partitions", String.valueOf(PARTITIONS),
            "standby-replicas", "0",
            "instance-id", "only",
            "kafka.session.timeout.ms", "6000",
            "kafka.producer.transaction.timeout.ms", "10000");
    return new KillableProcess(IndexerMain.class, directory, settings);
  }

  private static FleetCollectors collectors(Path fleet, OwnBroker broker) throws IOException {
    return FleetCollectors.start(
        fleet,
        ProcessConfig.parse(Map.of("bootstrap-servers", broker.bootstrapServers())),
        new SimpleMeterRegistry());
  }

  private static Map<String, String> settings(OwnBroker broker) {
    return Map.of(
        "bootstrap-servers", broker.bootstrapServers(), "bind-address", "127.0.0.1", "port", "0");
  }
}
