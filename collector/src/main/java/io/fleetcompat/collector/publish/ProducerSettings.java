package io.fleetcompat.collector.publish;

import io.fleetcompat.schemas.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer's configuration: our defaults, what the operator says, what must not be changed. */
final class ProducerSettings {

  /** The room for a record's key, headers and framing. */
  private static final int OVERHEAD_BYTES = 64 << 10;

  private ProducerSettings() {}

  static Map<String, Object> of(Map<String, String> configured) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "fleetcompat-collector");
    // gzip is in the JDK: no native library to unpack, which a hardened service could not load.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * Limits.RECORD_BYTES);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, 3_600_000);
    // So that a topic that was made anew is noticed though nothing is sent to it (ADR 0035).
    settings.put(ProducerConfig.METADATA_MAX_AGE_CONFIG, 60_000);
    settings.put("enable.metrics.push", "false");
    settings.putAll(configured);
    settings.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, HostPartitioning.class.getName());
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.RECORD_BYTES + OVERHEAD_BYTES);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    return settings;
  }

  /** Throws for properties that no producer takes; whether Kafka answers is another matter. */
  static void check(Map<String, String> configured) {
    ProducerConfig checked = new ProducerConfig(of(configured));
    checked.getList(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** The longest time that the producer may take to say what became of a record. */
  static Duration deliveryTimeout(Map<String, String> configured) {
    ProducerConfig config = new ProducerConfig(of(configured));
    return Duration.ofMillis(config.getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG));
  }

  /**
   * The properties of a producer.
   *
   * @param documents learns of the log that it sends documents to
   */
  static Properties properties(Map<String, String> configured, DocumentLog documents) {
    Properties properties = new Properties();
    properties.putAll(of(configured));
    properties.put(HostPartitioning.DOCUMENT_LOG, documents);
    return properties;
  }
}
