package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.IndexedFleet;
import io.fleetcompat.testing.KafkaFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The query API over a real broker. */
class QueryServerIT {

  private static final JsonMapper JSON = new JsonMapper();

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final IndexWriter index = new IndexWriter(kafka.bootstrapServers(), kafka.uniquePrefix());
  private final HttpClient client = HttpClient.newHttpClient();

  QueryServerIT() throws Exception {}

  @AfterEach
  void close() {
    index.close();
    client.close();
  }

  @Test
  void answersFromCommittedRecordsAloneAndSkipsBadOnes() throws Exception {
    index.begin();
    index.matrix();
    index.send(index.topics().placements(), "poison", new byte[] {1, 2, 3});
    for (int host = 0; host < 3; host++) {
      index.host(host, 1);
    }
    index.commit();
    try (QueryServer server = start()) {
      Await.until("the index is read", server::isReady);
      assertThat(get(server, "/v1/status").path("hosts").intValue()).isEqualTo(3);

      index.begin();
      index.host(3, 1);
      index.flush();
      assertThat(status(server, "/v1/hosts/" + IndexedFleet.host(3))).isEqualTo(404);
      index.abort();

      index.begin();
      index.host(4, 1);
      index.commit();
      Await.until("host 4 shows", () -> status(server, "/v1/hosts/" + IndexedFleet.host(4)) == 200);
      assertThat(status(server, "/v1/hosts/" + IndexedFleet.host(3))).isEqualTo(404);
      assertThat(text(server, "/metrics")).contains("fleetcompat_query_records_rejected_total 1.0");
    }
  }

  @Test
  void aWaiterIsAnsweredOnceTheRevisionIsReached() throws Exception {
    index.begin();
    index.matrix();
    index.host(0, 1);
    index.commit();
    try (QueryServer server = start()) {
      Await.until("the index is read", server::isReady);
      long revision = get(server, "/v1/status").path("revision").longValue();
      var waiter =
          client.sendAsync(
              HttpRequest.newBuilder(
                      uri(server, "/v1/hosts?wait-ms=60000&min-revision=" + (revision + 1)))
                  .build(),
              BodyHandlers.ofString());
      assertThat(get(server, "/v1/hosts").path("hosts").size()).isEqualTo(1);
      index.begin();
      index.host(1, 1);
      index.commit();
      assertThat(JSON.readTree(waiter.get().body()).path("revision").longValue())
          .isGreaterThan(revision);
    }
  }

  @Test
  void aWaiterIsAnsweredOnceItsOwnDocumentIsPlaced() throws Exception {
    index.begin();
    index.matrix();
    index.host(0, 1);
    index.commit();
    try (QueryServer server = start()) {
      Await.until("the index is read", server::isReady);
      String host = IndexedFleet.host(0);
      String question = "/v1/hosts/" + host + "?wait-ms=60000&min-document=" + host + ":1:2";
      var waiter =
          client.sendAsync(
              HttpRequest.newBuilder(uri(server, question)).build(), BodyHandlers.ofString());
      index.begin();
      index.host(1, 1);
      index.commit();
      Await.until("host 1 shows", () -> status(server, "/v1/hosts/" + IndexedFleet.host(1)) == 200);
      assertThat(waiter.isDone()).as("another host's document").isFalse();
      index.begin();
      index.host(0, 2);
      index.commit();
      assertThat(JSON.readTree(waiter.get().body()).path("sequence").longValue()).isEqualTo(2);
    }
  }

  @Test
  void whoDoesNotHaveTheRulesInForceAnswersByTheOnesBeforeAsLongAsTheirRowsAreThere()
      throws Exception {
    index.begin();
    index.matrix();
    index.host(0, 1);
    index.host(1, 1);
    index.commit();
    try (QueryServer server = start()) {
      Await.until("the index is read", server::isReady);
      String host = IndexedFleet.host(0);
      String endpoint = get(server, "/v1/hosts/" + host).at("/endpoints/0/endpoint").textValue();
      String source = host + "/" + endpoint;
      String check = "/v1/check?source=" + source + "&destination=" + source;
      assertThat(get(server, check).path("verdict").textValue()).isEqualTo("COMPATIBLE");

      String ours = get(server, check).path("ruleSet").textValue();

      index.begin();
      index.inForce("another");
      index.commit();
      Await.until(
          "another rule set is in force",
          () -> get(server, "/v1/status").path("ruleSetInForce").asText().equals("another"));
      assertThat(get(server, check).path("verdict").textValue()).isEqualTo("COMPATIBLE");
      assertThat(get(server, check).path("ruleSet").textValue()).isEqualTo(ours);
      assertThat(text(server, "/metrics")).contains("fleetcompat_query_rules_behind 1.0");

      index.begin();
      index.unjudged();
      index.commit();
      Await.until(
          "the rows of ours are no longer kept",
          () -> get(server, check).path("verdict").textValue().equals("UNKNOWN"));
      assertThat(get(server, check).at("/reasons/0/rule").textValue()).isEqualTo("not-indexed");
      JsonNode none = get(server, "/v1/destinations?source=" + source);
      assertThat(none.path("total").intValue()).isZero();
      assertThat(none.at("/excluded/not-indexed").intValue()).isEqualTo(8);

      index.begin();
      index.matrix();
      index.commit();
      Await.until(
          "it is ours again",
          () -> get(server, check).path("verdict").textValue().equals("COMPATIBLE"));
    }
  }

  private QueryServer start() {
    return QueryServer.start(
        QueryConfig.parse(
            Map.of(
                "bootstrap-servers",
                kafka.bootstrapServers(),
                "topic-prefix",
                index.topics().prefix(),
                "port",
                "0")));
  }

  /** Whoever cannot know what was turned off says that it is not ready, and guesses nothing. */
  @Test
  void withoutTheTopicOfOverridesItWaitsAndSaysForWhat() throws Exception {
    Topic<?, ?> overrides = index.topics().overrides();
    index.begin();
    index.matrix();
    index.host(0, 1);
    index.commit();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.deleteTopics(List.of(overrides.name())).all().get();
      Await.until("it is gone", () -> !admin.listTopics().names().get().contains(overrides.name()));
      try (QueryServer server = start()) {
        Await.until(
            "it says what it waits for",
            () ->
                text(server, "/health/ready")
                    .contains("waiting for the topic " + overrides.name()));
        assertThat(status(server, "/health/ready")).isEqualTo(503);
        assertThat(status(server, "/v1/hosts")).isEqualTo(503);
        assertThat(status(server, "/health/live")).isEqualTo(200);
        assertThat(admin.listTopics().names().get()).doesNotContain(overrides.name());
        admin
            .createTopics(
                List.of(
                    new NewTopic(overrides.name(), overrides.partitions(), (short) 1)
                        .configs(overrides.settings())))
            .all()
            .get();
        Await.until("it is ready", () -> status(server, "/health/ready") == 200);
        assertThat(status(server, "/v1/hosts")).isEqualTo(200);
      }
    }
  }

  private static URI uri(QueryServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private int status(QueryServer server, String path) throws Exception {
    return client
        .send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString())
        .statusCode();
  }

  private String text(QueryServer server, String path) throws Exception {
    return client
        .send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString())
        .body();
  }

  private JsonNode get(QueryServer server, String path) throws Exception {
    return JSON.readTree(text(server, path));
  }
}
