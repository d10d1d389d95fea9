package io.fleetcompat.cli.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts in real Alertmanagers, while an indexer is dead, an Alertmanager is away, and rules
 * change: none is lost, and none ends that goes on.
 */
class AlertmanagerIT {

  private static final int HOSTS = 8;
  private static final Duration RESEND = Duration.ofSeconds(1);

  /** Longer than after what Alertmanager ends an alert that it does not hear of. */
  private static final Duration DEAD = RESEND.multipliedBy(6);

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private Path rules(String... rules) throws IOException {
    Path file = directory.resolve("alerts.yaml");
    Path written = directory.resolve("alerts.new");
    Files.writeString(written, "rules:\n" + String.join("", rules));
    return Files.move(
        written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A rule that holds where there are fewer live hosts than that. */
  private static String fewer(String alert, int hosts) {
    return "  - {alert: %s, measure: live-hosts, below: %d, for: 1s, severity: warning}%n"
        .formatted(alert, hosts);
  }

  @Test
  void noAlertIsLostAndNoneEndsThatGoesOn() throws Exception {
    Path fleet = directory.resolve("fleet");
    SimulatedFleet.open(fleet, HOSTS, 20261126);
    rules(fewer("First", 100), fewer("Never", 0));
    try (Webhook webhook = new Webhook();
        Alertmanager one = new Alertmanager(directory.resolve("one"), webhook.address());
        Alertmanager two = new Alertmanager(directory.resolve("two"), webhook.address());
        OwnBroker broker = KafkaFixture.own();
        KillableProcess indexer = indexer(broker);
        FleetCollectors collectors = collectors(fleet, broker);
        QueryServer api = api(broker, one, two)) {
      assertThat(collectors.size()).isEqualTo(HOSTS);
      List<String> first = List.of("First/pool-a", "First/pool-b");
      Await.until("an alert of each pool of so many hosts", () -> one.names().equals(first));
      assertThat(announced(api)).isEqualTo(first);
      Await.until("the same in the other member", () -> two.names().equals(first));
      List<JsonNode> before = one.active();
      assertLabels(before.getFirst());

      // The indexer is dead for longer than Alertmanager would wait.
      indexer.kill();
      Instant dead = Instant.now();
      Await.until("a long time", () -> Instant.now().isAfter(dead.plus(DEAD)));
      assertThat(one.names()).isEqualTo(first);
      assertThat(two.names()).isEqualTo(first);
      indexer.start();

      // A member is away while an alert begins.
      two.kill();
      rules(fewer("First", 100), fewer("Second", 100));
      Await.until(
          "the second one",
          () -> one.names().contains(first.getFirst().replace("First", "Second")));
      two.startAgain();
      Await.until("all of them in the member that was away", () -> two.names().equals(one.names()));
      assertThat(starts(one.active(), "First"))
          .as("the first one has gone on all the time")
          .isEqualTo(starts(before, "First"));
      assertThat(webhook.told("First", "resolved")).isEmpty();

      // An alert that ends is told to end, with the time at which it did.
      rules(fewer("Second", 100));
      Await.until("an end", () -> !webhook.told("First", "resolved").isEmpty());
      Await.until("the second one alone", () -> one.names().stream().noneMatch(first::contains));
      Map<String, String> ends = new TreeMap<>();
      alerts(api, "resolved")
          .forEach(each -> ends.put(each.path("pool").asText(), each.path("endsAt").asText()));
      JsonNode resolved = webhook.told("First", "resolved").getFirst();
      assertThat(Instant.parse(resolved.path("endsAt").asText()))
          .isEqualTo(Instant.parse(ends.get(resolved.at("/labels/pool").asText())));
      assertThat(webhook.told("Second", "resolved")).isEmpty();
    }
  }

  private static void assertLabels(JsonNode alert) {
    List<String> labels = new ArrayList<>();
    alert.path("labels").fieldNames().forEachRemaining(labels::add);
    assertThat(labels).containsExactlyInAnyOrder("alertname", "fleet", "pool", "severity");
    assertThat(alert.at("/annotations/summary").asText()).contains(" live hosts");
    assertThat(alert.at("/annotations/link").asText())
        .isEqualTo("http://compat.example/v1/pools/" + alert.at("/labels/pool").asText());
  }

  private static Map<String, String> starts(List<JsonNode> alerts, String name) {
    Map<String, String> starts = new TreeMap<>();
    alerts.stream()
        .filter(alert -> alert.at("/labels/alertname").asText().equals(name))
        .forEach(
            alert ->
                starts.put(alert.at("/labels/pool").asText(), alert.path("startsAt").asText()));
    return starts;
  }

  private static List<JsonNode> alerts(QueryServer api, String state)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + api.port() + "/v1/alerts?state=" + state);
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body =
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
      List<JsonNode> alerts = new ArrayList<>();
      JSON.readTree(body).path("alerts").forEach(alerts::add);
      return alerts;
    }
  }

  private static List<String> announced(QueryServer api) throws IOException, InterruptedException {
    return alerts(api, "firing").stream()
        .map(alert -> alert.path("alert").asText() + "/" + alert.path("pool").asText())
        .sorted()
        .toList();
  }

  private KillableProcess indexer(OwnBroker broker) throws IOException {
    return new KillableProcess(
        IndexerMain.class,
        directory,
        Map.of(
            "bootstrap-servers", broker.bootstrapServers(),
            "state-dir", directory.resolve("state").toString(),
            "partitions", "2",
            "standby-replicas", "0",
            "instance-id", "only",
            "alerts.file", directory.resolve("alerts.yaml").toString(),
            "alerts.reload-every", "500ms",
            "kafka.session.timeout.ms", "6000",
            "kafka.producer.transaction.timeout.ms", "10000"));
  }

  private static FleetCollectors collectors(Path fleet, OwnBroker broker) throws IOException {
    return FleetCollectors.start(
        fleet,
        ProcessConfig.parse(Map.of("bootstrap-servers", broker.bootstrapServers())),
        new SimpleMeterRegistry());
  }

  private static QueryServer api(OwnBroker broker, Alertmanager one, Alertmanager two) {
    return QueryServer.start(
        QueryConfig.parse(
            Map.of(
                "bootstrap-servers",
                broker.bootstrapServers(),
                "port",
                "0",
                "alertmanager",
                one.url() + "," + two.url(),
                "alertmanager-labels",
                "fleet=test",
                "alertmanager-resend-every",
                RESEND.toSeconds() + "s",
                "external-url",
                "http://compat.example/")));
  }
}
