package io.fleetcompat.indexer.store;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.KeyCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store of a task, with the form of its keys and values. An entry that cannot be read is as good
 * as none, and goes to {@link UnreadableEntries}: no content of a store ends the indexer. One
 * stream thread.
 *
 * @param <K> key
 * @param <V> value
 */
public final class TypedStore<K, V> {

  private final KeyValueStore<String, byte[]> store;
  private final KeyCodec<K> keys;
  private final ValueForm<K, V> values;
  private final UnreadableEntries unreadable;
  private final Consumer<K> mend;

  /** A store whose entries are just removed where they cannot be read. */
  public TypedStore(
      KeyValueStore<String, byte[]> store,
      KeyCodec<K> keys,
      ValueForm<K, V> values,
      UnreadableEntries unreadable) {
    this(store, keys, values, unreadable, key -> store.delete(key.toString()));
  }

  /**
   * @param mend has the value of a key made anew that cannot be read; until then the entry stays,
   *     so that the next start finds it again
   */
  public TypedStore(
      KeyValueStore<String, byte[]> store,
      KeyCodec<K> keys,
      ValueForm<K, V> values,
      UnreadableEntries unreadable,
      Consumer<K> mend) {
    this.store = store;
    this.keys = keys;
    this.values = values;
    this.unreadable = unreadable;
    this.mend = mend;
  }

  /** A key's value; empty where there is none that can be read. */
  public Optional<V> find(K key) {
    return Optional.ofNullable(store.get(key.toString())).flatMap(bytes -> decode(key, bytes));
  }

  /** The same as it is stored. */
  public Optional<byte[]> stored(K key) {
    return Optional.ofNullable(store.get(key.toString()))
        .filter(bytes -> decode(key, bytes).isPresent());
  }

  /** True where the key has a value that can be read. */
  public boolean contains(K key) {
    return find(key).isPresent();
  }

  /** True where something is stored, whether or not it can be read. */
  public boolean isOccupied(K key) {
    return store.get(key.toString()) != null;
  }

  /** True where this is what is stored. */
  public boolean holds(K key, byte[] encoded) {
    return Arrays.equals(store.get(key.toString()), encoded);
  }

  private Optional<V> decode(K key, byte[] bytes) {
    try {
      return Optional.of(values.decode(key, bytes));
    } catch (BadRecordException e) {
      unreadable.add(store, key.toString(), bytes, e, () -> mend.accept(key));
      return Optional.empty();
    }
  }

  /** Stores a value; gives it as it is stored. */
  public byte[] put(K key, V value) {
    byte[] encoded = values.encode(value);
    store.put(key.toString(), encoded);
    return encoded;
  }

  /** Stores a value that is encoded. */
  public void putEncoded(K key, byte[] encoded) {
    store.put(key.toString(), encoded);
  }

  /** Removes a key. */
  public void remove(K key) {
    store.delete(key.toString());
  }

  /** All that can be read, in order of key. */
  public void forEach(BiConsumer<K, V> consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        Optional<K> key = key(entry);
        key.flatMap(parsed -> decode(parsed, entry.value))
            .ifPresent(value -> consumer.accept(key.orElseThrow(), value));
      }
    }
  }

  /** All under keys that can be read, as it is stored; nobody looks at the values. */
  public void forEachStored(BiConsumer<K, byte[]> consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        key(entry).ifPresent(key -> consumer.accept(key, entry.value));
      }
    }
  }

  /** Looks whether everything can be read. */
  public void check() {
    forEach((key, value) -> {});
  }

  /** All keys that can be read, whatever their values. */
  public void forEachKey(Consumer<K> consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        key(all.next()).ifPresent(consumer);
      }
    }
  }

  /** Keys that begin so, up to a bound, whatever their values. */
  public List<K> keysFrom(String prefix, int most) {
    List<K> found = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.prefixScan(prefix, new StringSerializer())) {
      while (found.size() < most && all.hasNext()) {
        key(all.next()).ifPresent(found::add);
      }
    }
    return found;
  }

  private Optional<K> key(KeyValue<String, byte[]> entry) {
    try {
      return Optional.of(keys.parse(entry.key));
    } catch (BadRecordException e) {
      unreadable.add(store, entry.key, entry.value, e, () -> store.delete(entry.key));
      return Optional.empty();
    }
  }
}
