package io.fleetcompat.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.IndexedFleet;
import io.fleetcompat.testing.KafkaFixture;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The query API over a real broker. */
class QueryServerIT {

  private static final int PROFILES = 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final Topics topics = new Topics(kafka.uniquePrefix(), 2, (short) 1);
  private final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 2);
  private final HttpClient client = HttpClient.newHttpClient();
  private KafkaProducer<byte[], byte[]> producer = producer();

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", topics.prefix()),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @BeforeEach
  void createTopics() throws Exception {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) kafka.bootstrapServers()))) {
      admin
          .createTopics(
              topics.all().stream()
                  .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(t.settings()))
                  .toList())
          .all()
          .get();
    }
    producer.initTransactions();
  }

  @AfterEach
  void close() {
    producer.close();
    client.close();
  }

  @Test
  void answersFromCommittedRecordsAloneAndSkipsBadOnes() throws Exception {
    producer.beginTransaction();
    writeMatrix();
    send(topics.placements(), "poison", new byte[] {1, 2, 3});
    for (int host = 0; host < 3; host++) {
      writeHost(host, 1);
    }
    producer.commitTransaction();
    try (QueryServer server = start()) {
      Await.until("the index is read", server::isReady);
      assertThat(get(server, "/v1/status").path("hosts").intValue()).isEqualTo(3);

      producer.beginTransaction();
      writeHost(3, 1);
      producer.flush();
      assertThat(status(server, "/v1/hosts/" + IndexedFleet.host(3))).isEqualTo(404);
      producer.abortTransaction();

      producer.beginTransaction();
      writeHost(4, 1);
      producer.commitTransaction();
      Await.until("host 4 shows", () -> status(server, "/v1/hosts/" + IndexedFleet.host(4)) == 200);
      assertThat(status(server, "/v1/hosts/" + IndexedFleet.host(3))).isEqualTo(404);
      assertThat(text(server, "/metrics")).contains("fleetcompat_query_records_rejected_total 1.0");
    }
  }

  @Test
  void aWaiterIsAnsweredOnceTheRevisionIsReached() throws Exception {
    producer.beginTransaction();
    writeMatrix();
    writeHost(0, 1);
    producer.commitTransaction();
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
      producer.beginTransaction();
      writeHost(1, 1);
      producer.commitTransaction();
      assertThat(JSON.readTree(waiter.get().body()).path("revision").longValue())
          .isGreaterThan(revision);
    }
  }

  private QueryServer start() {
    return QueryServer.start(
        QueryConfig.parse(
            Map.of(
                "bootstrap-servers",
                kafka.bootstrapServers(),
                "topic-prefix",
                topics.prefix(),
                "port",
                "0")));
  }

  private void writeMatrix() {
    for (int n = 0; n < PROFILES; n++) {
      String key = fleet.profiles().get(n).fingerprint().toString();
      send(topics.profiles(), key, Codecs.PROFILE.encode(fleet.profileRecord(n)));
      send(topics.matrix(), key, Codecs.MATRIX_ROW.encode(fleet.row(n)));
    }
    send(
        topics.matrix(), "generation", Codecs.MATRIX_GENERATION.encode(fleet.generation(PROFILES)));
  }

  private void writeHost(int host, long version) {
    String name = IndexedFleet.host(host);
    send(topics.placements(), name, Codecs.PLACEMENT.encode(fleet.placement(host, version)));
    send(
        topics.hostCapacity(),
        name,
        Codecs.HOST_CAPACITY.encode(fleet.capacity(host, version, Instant.now())));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the transaction's commit reports failures
  private void send(Topics.Topic topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
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
