package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.cli.Main;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.indexer.IndexerMain;
import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An answer as of a time is the answer that was given then, also by a process that was not there.
 */
class AsOfIT {

  private static final long SEED = 20261126;
  private static final int HOSTS = 10;
  private static final int MOMENTS = 4;
  private static final int CHANGES = 12;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path directory;

  @Test
  void thePastIsAnsweredAsItWas() throws Exception {
    Path fleet = directory.resolve("fleet");
    SimulatedFleet hosts = SimulatedFleet.open(fleet, HOSTS, SEED);
    List<RecordedAnswers> moments = new ArrayList<>();
    try (OwnBroker broker = KafkaFixture.own();
        KillableProcess indexer = indexer(broker);
        FleetCollectors collectors = collectors(fleet, broker)) {
      assertThat(collectors.size()).isEqualTo(HOSTS);
      try (QueryServer api = api(broker, "first")) {
        for (int moment = 0; moment < MOMENTS; moment++) {
          Await.until("no mismatch", PATIENCE, () -> verify(fleet, api), "0"::equals);
          moments.add(RecordedAnswers.of(api.port(), hosts.hosts()));
          for (int i = 0; i < CHANGES; i++) {
            hosts.change();
          }
          if (moment == 1) {
            indexer.killAndStart();
          }
        }
        Await.until("no mismatch", PATIENCE, () -> verify(fleet, api), "0"::equals);
        assertSame(moments, api.port(), hosts.hosts(), "by the process that was asked then");
      }
      try (QueryServer api = api(broker, "first")) {
        assertSame(moments, api.port(), hosts.hosts(), "after a start on the same directory");
      }
      try (QueryServer api = api(broker, "second")) {
        assertSame(moments, api.port(), hosts.hosts(), "by a process that read it from Kafka");
      }
    }
  }

  private static void assertSame(
      List<RecordedAnswers> moments, int port, List<String> hosts, String who) {
    for (RecordedAnswers then : moments) {
      // A process that has just started may still be reading.
      Map<String, String> differing =
          Await.until(
              "the past " + who + ", seed " + SEED,
              Duration.ofSeconds(60),
              () -> differing(then.answers(), then.askAgain(port, hosts)),
              Map::isEmpty);
      assertThat(differing).isEmpty();
    }
    assertThat(moments.getFirst().answers()).isNotEqualTo(moments.getLast().answers());
  }

  private static Map<String, String> differing(
      SortedMap<String, JsonNode> then, SortedMap<String, JsonNode> now) {
    Map<String, String> differing = new TreeMap<>();
    Map<String, JsonNode> all = new HashMap<>(now);
    all.putAll(then);
    all.keySet()
        .forEach(
            question -> {
              String was = String.valueOf(then.get(question));
              String is = String.valueOf(now.get(question));
              if (!was.equals(is)) {
                differing.put(question, was + "\n  now " + is);
              }
            });
    return differing;
  }

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
            "partitions", "3",
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

  private QueryServer api(OwnBroker broker, String history) {
    return QueryServer.start(
        QueryConfig.parse(
            Map.of(
                "bootstrap-servers",
                broker.bootstrapServers(),
                "bind-address",
                "127.0.0.1",
                "port",
                "0",
                "history-directory",
                directory.resolve(history).toString())));
  }
}
