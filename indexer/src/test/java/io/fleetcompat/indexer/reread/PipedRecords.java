package io.fleetcompat.indexer.reread;

import io.fleetcompat.indexer.told.TopicDigests;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The newest records of all topics of a test without a broker, as it put them here. */
public final class PipedRecords implements NewestRecords, TopicDigests {

  private final Map<String, Map<Bytes, ConsumerRecord<byte[], byte[]>>> newest = new HashMap<>();
  private long offset;
  private boolean comparable;

  /** A record was written to a topic. */
  public void put(String topic, byte @Nullable [] key, byte @Nullable [] value) {
    put(topic, key, value, new RecordHeaders());
  }

  /** The same with headers. */
  public void put(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    if (key != null) {
      ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(topic, 0, offset++, key, value);
      headers.forEach(record.headers()::add);
      newest.computeIfAbsent(topic, added -> new HashMap<>()).put(Bytes.wrap(key), record);
    }
  }

  /** Takes a record away, as if it had never been there. */
  public void remove(String topic, byte[] key) {
    newest.getOrDefault(topic, new HashMap<>()).remove(Bytes.wrap(key));
  }

  /** Empties a topic. */
  public void empty(String topic) {
    newest.remove(topic);
  }

  /** The keys that have a value. */
  public Set<Bytes> keys(String topic) {
    return values(topic).keySet();
  }

  private Map<Bytes, byte[]> values(String topic) {
    Map<Bytes, byte[]> values = new HashMap<>();
    newest
        .getOrDefault(topic, Map.of())
        .forEach(
            (key, record) -> {
              if (record.value() != null) {
                values.put(key, record.value());
              }
            });
    return values;
  }

  /** From now on it may be read what topics hold: all that is written is put here. */
  public void compare() {
    comparable = true;
  }

  @Override
  public CompletableFuture<Held> digests(TopicPartition partition) {
    if (!comparable) {
      return new CompletableFuture<>(); // never
    }
    Map<Bytes, Long> digests = new HashMap<>();
    values(partition.topic()).forEach((key, value) -> digests.put(key, TopicDigests.digest(value)));
    return CompletableFuture.completedFuture(new Held(digests, Duration.ZERO));
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
