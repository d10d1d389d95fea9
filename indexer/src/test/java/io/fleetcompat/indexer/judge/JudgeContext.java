package io.fleetcompat.indexer.judge;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A processor's context, at time 0, with the empty stores of the judge. */
final class JudgeContext {

  private JudgeContext() {}

  static MockProcessorContext<byte[], byte[]> empty() {
    MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    context.setCurrentSystemTimeMs(0);
    store(context, JudgeNodes.CENSUS_STORE, Serdes.String());
    store(context, JudgeNodes.PROFILE_STORE, Serdes.String());
    store(context, JudgeNodes.ROW_STORE, Serdes.Bytes());
    store(context, JudgeNodes.META_STORE, Serdes.String());
    return context;
  }

  private static <K> void store(
      MockProcessorContext<byte[], byte[]> context, String name, Serde<K> key) {
    KeyValueStore<K, byte[]> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
  }
}
