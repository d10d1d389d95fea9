package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.schemas.CensusKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    store(context, JudgeNodes.ROW_STORE, Serdes.String());
    store(context, JudgeNodes.META_STORE, Serdes.String());
    return context;
  }

  /** The stores of the judge in a context; nobody makes anew what cannot be read. */
  static JudgeStores stores(MockProcessorContext<byte[], byte[]> context) {
    IndexerMetrics metrics = new IndexerMetrics(new SimpleMeterRegistry());
    return new JudgeStores(
        context,
        new UnreadableEntries(context, JudgeNodes.REJECTED, new Rejection(metrics)),
        new JudgeStores.Lost() {
          @Override
          public void census(CensusKey key) {}

          @Override
          public void profile(Fingerprint profile) {}
        });
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
