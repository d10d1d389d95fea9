package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.IndexedFleet;
import io.fleetcompat.testing.KafkaFixture;
import io.fleetcompat.testing.OwnBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The answers that a client gets while Kafka is gone. */
class BrokerOutageIT {

  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void answersGoOnSaySoWhenStaleAndCatchUpOnceTheBrokerIsBack() throws Exception {
    try (OwnBroker broker = KafkaFixture.own();
        HttpClient client = HttpClient.newHttpClient();
        IndexWriter index = new IndexWriter(broker.bootstrapServers(), "")) {
      index.begin();
      index.matrix();
      index.host(0, 1);
      index.commit();
      try (QueryServer server = start(broker)) {
        await("the index is read", () -> server.isReady());
        await("a fresh answer", () -> !isStale(client, server));
        long before = status(client, server).path("revision").longValue();

        broker.process().kill();
        await("an answer that says it is stale", () -> isStale(client, server));
        JsonNode meanwhile = status(client, server);
        assertThat(meanwhile.path("hosts").intValue()).isEqualTo(1);
        assertThat(meanwhile.path("revision").longValue()).isEqualTo(before);
        assertThat(
                get(client, server, "/v1/hosts/" + IndexedFleet.host(0)).path("stale").asBoolean())
            .isTrue();

        broker.process().restart();
        index.begin();
        index.host(1, 1);
        index.commit();
        await("both hosts", () -> status(client, server).path("hosts").intValue() == 2);
        await("a fresh answer again", () -> !isStale(client, server));
        assertThat(status(client, server).path("revision").longValue()).isGreaterThan(before);
      }
    }
  }

  private static QueryServer start(OwnBroker broker) {
    return QueryServer.start(
        QueryConfig.parse(
            Map.of(
                "bootstrap-servers",
                broker.bootstrapServers(),
                "port",
                "0",
                "replica-stale-after",
                "3s")));
  }

  private static void await(String what, Await.Probe<Boolean> condition) {
    Await.until(what, DEADLINE, condition, held -> held);
  }

  private static boolean isStale(HttpClient client, QueryServer server)
      throws IOException, InterruptedException {
    return get(client, server, "/v1/hosts").path("stale").booleanValue();
  }

  private static JsonNode status(HttpClient client, QueryServer server)
      throws IOException, InterruptedException {
    return get(client, server, "/v1/status");
  }

  private static JsonNode get(HttpClient client, QueryServer server, String path)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return JSON.readTree(response.body());
  }
}
