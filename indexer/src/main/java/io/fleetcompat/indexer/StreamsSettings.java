package io.fleetcompat.indexer;

import io.fleetcompat.indexer.store.BoundedRocksMemory;
import io.fleetcompat.schemas.Limits;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The indexer's configuration as Kafka Streams is told it, each setting with its reason. */
final class StreamsSettings {

  /** Beside a largest record: the changelog's key, headers and batch. */
  private static final int BATCH_OVERHEAD_BYTES = 64 << 10;

  private static final int LARGEST_BATCH_BYTES = Limits.RECORD_BYTES + BATCH_OVERHEAD_BYTES;

  private StreamsSettings() {}

  /** The settings that do not depend on the topology. */
  static Properties of(IndexerConfig config) {
    Properties p = new Properties();
    // First, so that what must hold cannot be overruled.
    p.putAll(config.kafka().all());
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    p.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.topics().replicationFactor());
    // An at-least-once zombie's late write would survive compaction.
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // Stores change when the transaction is committed, so what a killed indexer leaves is taken up
    // and
    // not wiped (ADR 0016). May be turned off; the first start after that wipes, as it does after
    // on.
    p.putIfAbsent(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
    // All fault tests run with it; the new protocol's standbys were unreliable in 4.3.1.
    p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
    // A poll without records must not delay the commit and the judge's tick.
    p.put(StreamsConfig.POLL_MS_CONFIG, Math.min(20, config.commitInterval().toMillis()));
    p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksMemory.class);
    p.put(BoundedRocksMemory.CACHE_BYTES, String.valueOf(config.cacheBytes()));
    p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    // There is no global thread; but where this is not set, every start warns of it. Goes with 5.0.
    p.put("processing.exception.handler.global.enabled", true);
    // A record without a timestamp is no reason to stop.
    p.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, AnyTimestamp.class);
    p.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFaults.class);
    p.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), LARGEST_BATCH_BYTES);
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_BATCH_BYTES);
    // A record is seen when its transaction is committed, which sends whatever lingers: until then
    // records gather, in few requests with many partitions each.
    p.put(
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        config.commitInterval().toMillis());
    p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // A topic that was emptied by hand is read from its beginning.
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    // Documents may be large: what is fetched ahead is bounded.
    p.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 16 << 20);
    p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 200);
    p.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    p.putIfAbsent(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
    return p;
  }

  /** The same as a static member of the group. */
  static Properties of(IndexerConfig config, StaticMember member) {
    Properties p = of(config);
    p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), member.name());
    return p;
  }
}
