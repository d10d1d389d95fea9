package io.fleetcompat.schemas;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A topic: its name, how Kafka must keep it, and what its keys and values are. Made by {@link
 * Topics} alone. Immutable; any number of threads.
 *
 * @param name as Kafka knows it, with the fleet's prefix
 * @param content what its records say, {@code key → value}, in the words of the documentation
 * @param settings of the topic in Kafka
 * @param keys spelling of its keys
 * @param values codec of the value that a key has
 * @param <K> key
 * @param <V> value; a topic whose keys are of several kinds has values of several kinds
 */
public record Topic<K, V extends SpecificRecord>(
    String name,
    String content,
    int partitions,
    Map<String, String> settings,
    KeyCodec<K> keys,
    Function<K, RecordCodec<? extends V>> values) {

  public Topic {
    settings = Map.copyOf(settings);
  }

  /**
   * The value in a record of this topic; empty for a tombstone.
   *
   * @throws BadRecordException whatever is wrong with the bytes
   */
  public Optional<V> decode(K key, byte @Nullable [] value) throws BadRecordException {
    return value == null ? Optional.empty() : Optional.of(values.apply(key).decode(value));
  }

  Topic<K, V> with(String setting, String value) {
    Map<String, String> more = new TreeMap<>(settings);
    more.put(setting, value);
    return new Topic<>(name, content, partitions, more, keys, values);
  }
}
