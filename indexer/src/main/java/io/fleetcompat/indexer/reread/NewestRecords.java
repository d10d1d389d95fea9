package io.fleetcompat.indexer.reread;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** A reader of the newest records of keys: Kafka's, or that of a test without a broker. */
public interface NewestRecords {

  /**
   * Reads the partition from its beginning to where it ends now. Keys without a record are left
   * out; a tombstone is a record.
   */
  CompletableFuture<Map<Bytes, ConsumerRecord<byte[], byte[]>>> read(
      TopicPartition partition, Set<Bytes> keys);
}
