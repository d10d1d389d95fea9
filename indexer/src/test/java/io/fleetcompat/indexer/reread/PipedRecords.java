package io.fleetcompat.indexer.reread;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The newest records of all topics of a test without a broker, as it put them here. */
public final class PipedRecords implements NewestRecords {

  private final Map<String, Map<Bytes, ConsumerRecord<byte[], byte[]>>> newest = new HashMap<>();
  private long offset;

  /** A record was written to a topic. */
  public void put(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    if (key != null) {
      newest
          .computeIfAbsent(topic, added -> new HashMap<>())
          .put(Bytes.wrap(key), new ConsumerRecord<>(topic, 0, offset++, key, value));
    }
  }

  @Override
  public CompletableFuture<Map<Bytes, ConsumerRecord<byte[], byte[]>>> read(
      TopicPartition partition, Set<Bytes> keys) {
    Map<Bytes, ConsumerRecord<byte[], byte[]>> found =
        new HashMap<>(newest.getOrDefault(partition.topic(), Map.of()));
    found.keySet().retainAll(keys);
    return CompletableFuture.completedFuture(found);
  }
}
