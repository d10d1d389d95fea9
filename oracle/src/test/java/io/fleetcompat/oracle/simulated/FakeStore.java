package io.fleetcompat.oracle.simulated;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A task's store in memory: what was committed comes back, and nothing else. One thread. */
@SuppressWarnings("NullAway") // what Streams' interface gives for a key that is not there
final class FakeStore implements KeyValueStore<String, byte[]> {

  private final String name;
  private final TreeMap<String, byte[]> entries;

  FakeStore(String name, Map<String, byte[]> committed) {
    this.name = name;
    this.entries = new TreeMap<>(committed);
  }

  /** Holds this from now on: the same store, as Streams opens it again. */
  void refill(Map<String, byte[]> committed) {
    entries.clear();
    entries.putAll(committed);
  }

  /** All that it holds, to be kept as committed. */
  Map<String, byte[]> copy() {
    return new TreeMap<>(entries);
  }

  @Override
  public void put(String key, byte @Nullable [] value) {
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, value);
    }
  }

  @Override
  public byte[] putIfAbsent(String key, byte[] value) {
    return entries.putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<String, byte[]>> all) {
    all.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte[] delete(String key) {
    return entries.remove(key);
  }

  @Override
  public byte[] get(String key) {
    return entries.get(key);
  }

  @Override
  public KeyValueIterator<String, byte[]> range(String from, String to) {
    return iterator(entries.subMap(from, true, to, true));
  }

  @Override
  public KeyValueIterator<String, byte[]> all() {
    return iterator(entries);
  }

  @Override
  public <P extends Serializer<Q>, Q> KeyValueIterator<String, byte[]> prefixScan(
      Q prefix, P serializer) {
    String from = prefix.toString();
    return iterator(entries.subMap(from, from + Character.MAX_VALUE));
  }

  /** Over what is there now: RocksDB's see a snapshot. */
  private static KeyValueIterator<String, byte[]> iterator(Map<String, byte[]> of) {
    Iterator<Map.Entry<String, byte[]>> each = List.copyOf(of.entrySet()).iterator();
    return new KeyValueIterator<>() {
      @Override
      public void close() {}

      @Override
      public String peekNextKey() {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean hasNext() {
        return each.hasNext();
      }

      @Override
      public KeyValue<String, byte[]> next() {
        Map.Entry<String, byte[]> entry = each.next();
        return KeyValue.pair(entry.getKey(), entry.getValue());
      }
    };
  }

  @Override
  public long approximateNumEntries() {
    return entries.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return true;
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}
