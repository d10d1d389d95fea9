package io.fleetcompat.indexer.pool;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stores of pools, typed. One stream thread. */
final class PoolStores {

  private final KeyValueStore<String, byte[]> hosts;
  private final KeyValueStore<String, byte[]> inputs;
  private final KeyValueStore<String, byte[]> healths;

  PoolStores(ProcessorContext<byte[], byte[]> context) {
    this.hosts = context.getStateStore(PoolNodes.HOST_STORE);
    this.inputs = context.getStateStore(PoolNodes.INPUT_STORE);
    this.healths = context.getStateStore(PoolNodes.HEALTH_STORE);
  }

  Optional<PoolHost> host(String host) {
    return Optional.ofNullable(hosts.get(host)).map(value -> decode(Codecs.POOL_HOST, value));
  }

  void putHost(PoolHost host) {
    hosts.put(host.getHost(), Codecs.POOL_HOST.encode(host));
  }

  void removeHost(String host) {
    hosts.delete(host);
  }

  void forEachHost(Consumer<PoolHost> consumer) {
    each(hosts, (host, value) -> consumer.accept(decode(Codecs.POOL_HOST, value)));
  }

  /** A record that verdicts depend on, as it is stored. */
  Optional<byte[]> input(String topic, byte[] key) {
    return Optional.ofNullable(inputs.get(inputName(topic, key)));
  }

  /** A record that verdicts depend on. */
  interface Input {
    void take(String topic, byte[] key, byte[] value);
  }

  /** Keeps a record, or what its key had goes. */
  void putInput(String topic, byte[] key, byte @Nullable [] value) {
    inputs.put(inputName(topic, key), value);
  }

  private static String inputName(String topic, byte[] key) {
    return topic + " " + new String(key, StandardCharsets.UTF_8);
  }

  void forEachInput(Input consumer) {
    each(
        inputs,
        (name, value) -> {
          int end = name.indexOf(' ');
          consumer.take(
              name.substring(0, end),
              name.substring(end + 1).getBytes(StandardCharsets.UTF_8),
              value);
        });
  }

  Optional<PoolHealthRecord> health(String pool) {
    return Optional.ofNullable(healths.get(pool)).map(value -> decode(Codecs.POOL_HEALTH, value));
  }

  /** The same as it is stored, and as it stands in its topic. */
  Optional<byte[]> storedHealth(String pool) {
    return Optional.ofNullable(healths.get(pool));
  }

  byte[] putHealth(PoolHealthRecord health) {
    byte[] encoded = Codecs.POOL_HEALTH.encode(health);
    healths.put(health.getPool(), encoded);
    return encoded;
  }

  void removeHealth(String pool) {
    healths.delete(pool);
  }

  void forEachHealth(Consumer<String> consumer) {
    each(healths, (pool, _) -> consumer.accept(pool));
  }

  private interface Entry {
    void take(String key, byte[] value);
  }

  private static void each(KeyValueStore<String, byte[]> store, Entry consumer) {
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        consumer.take(entry.key, entry.value);
      }
    }
  }

  private static <T extends SpecificRecord> T decode(RecordCodec<T> codec, byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (BadRecordException e) {
      throw new IllegalStateException("a store of pools holds what we did not write", e);
    }
  }
}
