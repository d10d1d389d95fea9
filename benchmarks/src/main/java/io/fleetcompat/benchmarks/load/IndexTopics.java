package io.fleetcompat.benchmarks.load;

import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.testing.IndexedFleet;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The index of an invented fleet, put straight into its topics: the same records, partitions,
 * compression and transactions as the indexer's and the collectors', without their work. One
 * thread.
 */
public final class IndexTopics implements AutoCloseable {

  static final int ENDPOINTS_PER_HOST = 16;

  private static final int PROFILES = 1000;
  private static final int HOSTS_PER_POOL = 500;
  private static final int HOSTS_PER_TRANSACTION = 2000;
  private static final long SEED = 20261121;

  private final Topics topics;
  private final IndexedFleet fleet;
  private final Instant now = Instant.now();
  private final KafkaProducer<byte[], byte[]> producer;

  private IndexTopics(String bootstrapServers, Topics topics, int hosts) {
    this.topics = topics;
    int pools = Math.ceilDiv(hosts, HOSTS_PER_POOL);
    fleet = new IndexedFleet(SEED, ENDPOINTS_PER_HOST, PROFILES, pools);
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "transactional.id", "index-topics",
                "compression.type", "lz4",
                "linger.ms", "5",
                "max.request.size", String.valueOf(Limits.RECORD_BYTES)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Writes all profiles, the matrix, and that many hosts with their capacities. */
  public static void write(String bootstrapServers, Topics topics, int hosts) {
    try (IndexTopics index = new IndexTopics(bootstrapServers, topics, hosts)) {
      index.producer.beginTransaction();
      index.matrix();
      for (int host = 0; host < hosts; host++) {
        index.host(host);
        if (host % HOSTS_PER_TRANSACTION == HOSTS_PER_TRANSACTION - 1) {
          index.producer.commitTransaction();
          index.producer.beginTransaction();
        }
      }
      index.producer.commitTransaction();
    }
  }

  private void matrix() {
    for (int n = 0; n < PROFILES; n++) {
      String key = fleet.profiles().get(n).fingerprint().toString();
      send(topics.profiles(), 0, key, Codecs.PROFILE.encode(fleet.profileRecord(n)));
    }
    fleet.matrix().forEach((key, value) -> send(topics.matrix(), 0, key.toString(), value));
  }

  private void host(int host) {
    String name = IndexedFleet.host(host);
    int partition = HostPartitioner.partition(name, topics.hostPartitions());
    byte[] placement = Codecs.PLACEMENT.encode(fleet.placement(host, 1));
    byte[] capacity = Codecs.HOST_CAPACITY.encode(fleet.capacity(host, 1, now));
    send(topics.placements(), partition, name, placement);
    send(topics.hostCapacity(), partition, name, capacity);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the transaction's commit reports failures
  private void send(Topic<?, ?> topic, int partition, String key, byte[] value) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic.name(), partition, bytes, value));
  }

  @Override
  public void close() {
    producer.close();
  }
}
