package io.fleetcompat.indexer.store;

import java.time.Clock;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The supplier of one store of the topology: RocksDB's, checked before it is opened. */
public final class CheckedStores implements KeyValueBytesStoreSupplier {

  private final KeyValueBytesStoreSupplier rocks;
  private final Runnable moved;

  /**
   * @param name of the store
   * @param moved hears that a damaged store was moved aside; any thread
   */
  public CheckedStores(String name, Runnable moved) {
    this.rocks = Stores.persistentKeyValueStore(name);
    this.moved = moved;
  }

  @Override
  public String name() {
    return rocks.name();
  }

  @Override
  public KeyValueStore<Bytes, byte[]> get() {
    return new CheckedStore(rocks::get, moved, Clock.systemUTC(), System::nanoTime);
  }

  @Override
  public String metricsScope() {
    return rocks.metricsScope();
  }
}
