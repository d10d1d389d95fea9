package io.fleetcompat.indexer.pool;

import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.indexer.told.StoredRecords;
import io.fleetcompat.indexer.told.ToldRecords;
import io.fleetcompat.inventory.Quoted;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.PoolHost;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stores of pools, typed. One stream thread. */
final class PoolStores {

  private final TypedStore<String, PoolHost> hosts;
  private final KeyValueStore<String, byte[]> inputs;
  private final TypedStore<String, PoolHealthRecord> healths;
  private final UnreadableEntries unreadable;

  /**
   * @param lostHost hears of hosts of which nobody knows what they bring to their pool
   */
  PoolStores(
      ProcessorContext<byte[], byte[]> context,
      UnreadableEntries unreadable,
      Consumer<String> lostHost) {
    this.unreadable = unreadable;
    this.hosts =
        new TypedStore<>(
            context.getStateStore(PoolNodes.HOST_STORE),
            RecordKeys.HOST,
            ValueForm.of(Codecs.POOL_HOST, PoolStores::requireHost),
            unreadable,
            lostHost);
    this.inputs = context.getStateStore(PoolNodes.INPUT_STORE);
    // Every pool is looked at after a start, and what cannot be read is told anew.
    this.healths =
        new TypedStore<>(
            context.getStateStore(PoolNodes.HEALTH_STORE),
            RecordKeys.POOL,
            ValueForm.of(Codecs.POOL_HEALTH),
            unreadable,
            pool -> {});
  }

  static void requireHost(String host, PoolHost record) throws BadRecordException {
    if (!record.getHost().equals(host)) {
      throw new BadRecordException(
          Code.HOST_MISMATCH, "a record of the host that its key says", record.getHost());
    }
  }

  Optional<PoolHost> host(String host) {
    return hosts.find(host);
  }

  void putHost(PoolHost host) {
    hosts.put(host.getHost(), host);
  }

  void removeHost(String host) {
    hosts.remove(host);
  }

  /** True where something is stored of a host, whether or not it can be read. */
  boolean knowsOf(String host) {
    return hosts.isOccupied(host);
  }

  void forEachHost(Consumer<PoolHost> consumer) {
    hosts.forEach((host, record) -> consumer.accept(record));
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
    try (KeyValueIterator<String, byte[]> all = inputs.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        int end = entry.key.indexOf(' ');
        if (end < 0) {
          BadRecordException why =
              new BadRecordException(Code.INVALID, "a topic and a key", Quoted.of(entry.key));
          unreadable.add(inputs, entry.key, entry.value, why, () -> inputs.delete(entry.key));
        } else {
          consumer.take(
              entry.key.substring(0, end),
              entry.key.substring(end + 1).getBytes(StandardCharsets.UTF_8),
              entry.value);
        }
      }
    }
  }

  /**
   * A record that verdicts depend on cannot be used.
   *
   * @param mend has it read again, or takes it away
   */
  void unreadableInput(
      String topic, byte[] key, byte[] value, BadRecordException why, Runnable mend) {
    unreadable.add(inputs, inputName(topic, key), value, why, mend);
  }

  Optional<PoolHealthRecord> health(String pool) {
    return healths.find(pool);
  }

  /** True where something was told of a pool, whether or not it can be read. */
  boolean hasTold(String pool) {
    return healths.isOccupied(pool);
  }

  /** The same as it is stored, and as it stands in its topic. */
  Optional<byte[]> storedHealth(String pool) {
    return healths.stored(pool);
  }

  /** The records that were told {@code pool-health}. */
  ToldRecords toldHealths() {
    return new StoredRecords<>(healths, RecordKeys.POOL);
  }

  byte[] putHealth(PoolHealthRecord health) {
    return healths.put(health.getPool(), health);
  }

  void removeHealth(String pool) {
    healths.remove(pool);
  }

  void forEachHealth(Consumer<String> consumer) {
    healths.forEachKey(consumer);
  }
}
