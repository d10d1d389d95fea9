package io.fleetcompat.query;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.RulesInForce;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes an invented fleet's index to real topics, in transactions as the indexer does. */
public final class IndexWriter implements AutoCloseable {

  public static final int PROFILES = 20;

  private final IndexedFleet fleet = new IndexedFleet(3, 4, PROFILES, 2);
  private final Topics topics;
  private final KafkaProducer<byte[], byte[]> producer;

  public IndexWriter(String bootstrapServers, String prefix)
      throws ExecutionException, InterruptedException {
    topics = new Topics(prefix, 2, (short) 1);
    createTopics(bootstrapServers);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "transactional.id", prefix + "writer"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  private void createTopics(String bootstrapServers)
      throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
      admin
          .createTopics(
              topics.all().stream()
                  .map(t -> new NewTopic(t.name(), t.partitions(), (short) 1).configs(t.settings()))
                  .toList())
          .all()
          .get();
    }
  }

  public Topics topics() {
    return topics;
  }

  public void begin() {
    producer.beginTransaction();
  }

  public void commit() {
    producer.commitTransaction();
  }

  public void abort() {
    producer.flush();
    producer.abortTransaction();
  }

  public void flush() {
    producer.flush();
  }

  public void matrix() {
    for (int n = 0; n < PROFILES; n++) {
      String key = fleet.profiles().get(n).fingerprint().toString();
      send(topics.profiles(), key, Codecs.PROFILE.encode(fleet.profileRecord(n)));
    }
    matrix(fleet.matrix());
  }

  /** Records of the matrix, in their order. */
  public void matrix(Map<MatrixKey, byte[]> records) {
    records.forEach((key, value) -> send(topics.matrix(), key.toString(), value));
  }

  /** Says that another rule set is in force. */
  public void inForce(String ruleSet) {
    send(
        topics.matrix(),
        new MatrixKey.InForce().toString(),
        Codecs.RULES_IN_FORCE.encode(new RulesInForce(ruleSet, Instant.EPOCH)));
  }

  /** Says no longer how far the matrix is judged by the fleet's rules. */
  public void unjudged() {
    remove(topics.matrix(), new MatrixKey.Generation(fleet.rules()).toString());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // as below
  private void remove(Topic<?, ?> topic, String key) {
    producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), null));
  }

  public void host(int host, long version) {
    String name = IndexedFleet.host(host);
    send(topics.placements(), name, Codecs.PLACEMENT.encode(fleet.placement(host, version)));
    send(
        topics.hostCapacity(),
        name,
        Codecs.HOST_CAPACITY.encode(fleet.capacity(host, version, Instant.now())));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the transaction's commit reports failures
  public void send(Topic<?, ?> topic, String key, byte[] value) {
    producer.send(new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), value));
  }

  @Override
  public void close() {
    producer.close();
  }
}
