package io.fleetcompat.indexer.alert;

import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of alerts, typed. One stream thread. */
final class AlertStores {

  private final KeyValueStore<String, byte[]> healths;
  private final KeyValueStore<String, byte[]> alerts;

  AlertStores(ProcessorContext<byte[], byte[]> context) {
    this.healths = context.getStateStore(AlertNodes.HEALTH_STORE);
    this.alerts = context.getStateStore(AlertNodes.ALERT_STORE);
  }

  Optional<PoolHealthRecord> health(String pool) {
    return Optional.ofNullable(healths.get(pool)).map(value -> decode(Codecs.POOL_HEALTH, value));
  }

  void putHealth(PoolHealthRecord health) {
    healths.put(health.getPool(), Codecs.POOL_HEALTH.encode(health));
  }

  void removeHealth(String pool) {
    healths.delete(pool);
  }

  void forEachPool(Consumer<String> consumer) {
    try (KeyValueIterator<String, byte[]> all = healths.all()) {
      all.forEachRemaining(entry -> consumer.accept(entry.key));
    }
  }

  Optional<AlertRecord> alert(AlertKey key) {
    return Optional.ofNullable(alerts.get(key.toString()))
        .map(value -> decode(Codecs.ALERT, value));
  }

  byte[] putAlert(AlertKey key, AlertRecord alert) {
    byte[] encoded = Codecs.ALERT.encode(alert);
    alerts.put(key.toString(), encoded);
    return encoded;
  }

  void removeAlert(AlertKey key) {
    alerts.delete(key.toString());
  }

  void forEachAlert(BiConsumer<AlertKey, AlertRecord> consumer) {
    try (KeyValueIterator<String, byte[]> all = alerts.all()) {
      while (all.hasNext()) {
        KeyValue<String, byte[]> entry = all.next();
        consumer.accept(key(entry.key), decode(Codecs.ALERT, entry.value));
      }
    }
  }

  private static AlertKey key(String stored) {
    try {
      return RecordKeys.ALERT.parse(stored);
    } catch (BadRecordException e) {
      throw new IllegalStateException("the store of alerts holds a key that we did not write", e);
    }
  }

  private static <T extends SpecificRecord> T decode(RecordCodec<T> codec, byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (BadRecordException e) {
      throw new IllegalStateException("a store of alerts holds what we did not write", e);
    }
  }
}
