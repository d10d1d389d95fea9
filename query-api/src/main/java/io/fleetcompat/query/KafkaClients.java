package io.fleetcompat.query;

import io.fleetcompat.query.follow.ClusterTopicIds;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.settings.ClientProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The maker of the clients of one cluster. The settings that are passed through are a consumer's;
 * other clients take of them what they know. Immutable.
 */
final class KafkaClients {

  /** A caller waits: what Kafka does not take soon is told again by who reports it. */
  private static final int DELIVERY_MILLIS = 10_000;

  private static final int BUFFER_BYTES = 16 << 20;

  private final String bootstrapServers;
  private final ClientProperties passedThrough;

  KafkaClients(String bootstrapServers, ClientProperties passedThrough) {
    this.bootstrapServers = bootstrapServers;
    this.passedThrough = passedThrough;
  }

  /** A consumer that commits nothing, and says where what it asks for is not there. */
  Consumer<byte[], byte[]> consumer(String client) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    properties.putAll(passedThrough.all());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // then it begins again
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"); // the indexer's
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return new KafkaConsumer<>(properties);
  }

  /** The ids of topics, asked of a client that is made when they are asked for first. */
  ClusterTopicIds topicIds(String client) {
    return new ClusterTopicIds(() -> Admin.create(shared(client, AdminClientConfig.configNames())));
  }

  /** A producer whose caller waits for each record. */
  Producer<byte[], byte[]> producer(String client) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.RECORD_BYTES);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    properties.putAll(shared(client, ProducerConfig.configNames()));
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.putIfAbsent(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis(new ProducerConfig(properties)));
    return new KafkaProducer<>(properties);
  }

  /** The settings that are passed through, without those that only a consumer knows. */
  private Map<String, Object> shared(String client, Set<String> known) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, client);
    properties.putAll(passedThrough.all());
    properties
        .keySet()
        .removeIf(name -> ConsumerConfig.configNames().contains(name) && !known.contains(name));
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    return properties;
  }

  /** Kafka refuses less than one attempt and the time that a record waits for others. */
  private static int deliveryMillis(ProducerConfig config) {
    long least =
        config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
            + config.getLong(ProducerConfig.LINGER_MS_CONFIG);
    return Math.clamp(least, DELIVERY_MILLIS, Integer.MAX_VALUE);
  }
}
