package io.fleetcompat.indexer.sink;

import io.fleetcompat.indexer.told.SentKeys;
import io.fleetcompat.schemas.KeyCodec;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The way of a processor's records into one topic. One stream thread.
 *
 * @param context of the processor
 * @param node the sink's name within the topology
 * @param keys spelling of the topic's keys
 * @param sent hears which keys are sent, where somebody compares the topic with what is told
 */
public record TopicSink<K>(
    ProcessorContext<byte[], byte[]> context,
    String node,
    KeyCodec<K> keys,
    Optional<SentKeys> sent) {

  /** A way into a topic that nobody compares. */
  public TopicSink(ProcessorContext<byte[], byte[]> context, String node, KeyCodec<K> keys) {
    this(context, node, keys, Optional.empty());
  }

  /** Sends a key's value; null for a tombstone. */
  public void send(K key, byte @Nullable [] value, long timestamp) {
    byte[] encoded = keys.encode(key);
    sent.ifPresent(keysSent -> keysSent.add(encoded, context.currentSystemTimeMs()));
    context.forward(new Record<>(encoded, value, timestamp), node);
  }
}
