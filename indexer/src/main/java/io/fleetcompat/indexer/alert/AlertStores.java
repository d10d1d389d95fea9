package io.fleetcompat.indexer.alert;

import io.fleetcompat.indexer.store.TypedStore;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.store.ValueForm;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The stores of alerts, typed. One stream thread. */
final class AlertStores {

  private final TypedStore<String, PoolHealthRecord> healths;
  private final TypedStore<AlertKey, AlertRecord> alerts;

  /**
   * @param lostHealth hears of pools whose health cannot be read
   * @param lostAlert hears of alerts of which nobody knows what was told
   */
  AlertStores(
      ProcessorContext<byte[], byte[]> context,
      UnreadableEntries unreadable,
      Consumer<String> lostHealth,
      Consumer<AlertKey> lostAlert) {
    this.healths =
        new TypedStore<>(
            context.getStateStore(AlertNodes.HEALTH_STORE),
            RecordKeys.POOL,
            ValueForm.of(Codecs.POOL_HEALTH, AlertStores::requirePool),
            unreadable,
            lostHealth);
    this.healths.check(); // nothing may be told of a pool as if it were gone
    this.alerts =
        new TypedStore<>(
            context.getStateStore(AlertNodes.ALERT_STORE),
            RecordKeys.ALERT,
            ValueForm.of(Codecs.ALERT),
            unreadable,
            lostAlert);
  }

  static void requirePool(String pool, PoolHealthRecord health) throws BadRecordException {
    if (!health.getPool().equals(pool)) {
      throw new BadRecordException(
          Code.INVALID, "the health of the pool that the key names", health.getPool());
    }
  }

  Optional<PoolHealthRecord> health(String pool) {
    return healths.find(pool);
  }

  void putHealth(PoolHealthRecord health) {
    healths.put(health.getPool(), health);
  }

  void removeHealth(String pool) {
    healths.remove(pool);
  }

  void forEachPool(Consumer<String> consumer) {
    healths.forEachKey(consumer);
  }

  Optional<AlertRecord> alert(AlertKey key) {
    return alerts.find(key);
  }

  byte[] putAlert(AlertKey key, AlertRecord alert) {
    return alerts.put(key, alert);
  }

  void removeAlert(AlertKey key) {
    alerts.remove(key);
  }

  void forEachAlert(BiConsumer<AlertKey, AlertRecord> consumer) {
    alerts.forEach(consumer);
  }
}
