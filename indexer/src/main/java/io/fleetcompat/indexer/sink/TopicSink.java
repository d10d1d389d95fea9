package io.fleetcompat.indexer.sink;

import io.fleetcompat.schemas.KeyCodec;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The way of a processor's records into one topic. One stream thread.
 *
 * @param context of the processor
 * @param node the sink's name within the topology
 * @param keys spelling of the topic's keys
 */
public record TopicSink<K>(
    ProcessorContext<byte[], byte[]> context, String node, KeyCodec<K> keys) {

  /** Sends a key's value; null for a tombstone. */
  public void send(K key, byte @Nullable [] value, long timestamp) {
    context.forward(new Record<>(keys.encode(key), value, timestamp), node);
  }
}
