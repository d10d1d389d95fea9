package io.fleetcompat.indexer.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.Profile;
import io.fleetcompat.indexer.Documents;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.LivenessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class PlaceFaultTest {

  private static final LivenessLimits LIMITS =
      new LivenessLimits(Duration.ofSeconds(60), Duration.ofHours(1));

  private final MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final KeyValueStore<String, byte[]> hosts = store(PlaceNodes.HOST_STORE, Serdes.String());
  private final KeyValueStore<String, byte[]> probing =
      store(PlaceNodes.PROBER_STORE, Serdes.String());
  private final KeyValueStore<String, byte[]> pooled =
      store(PlaceNodes.POOL_STORE, Serdes.String());
  private final KeyValueStore<String, byte[]> capacities =
      store(PlaceNodes.CAPACITY_STORE, Serdes.String());
  private final KeyValueStore<String, byte[]> notes = store(PlaceNodes.NOTE_STORE, Serdes.String());

  @Test
  void aRecordOnWhichOurCodeFailsIsRejectedAndChangesNothing() throws Exception {
    rejected(
        endpoint -> {
          throw new IllegalStateException("ours");
        });
  }

  @Test
  void soIsOneThatIsTooDeepForTheStack() throws Exception {
    rejected(
        endpoint -> {
          throw new StackOverflowError();
        });
  }

  private void rejected(Function<Endpoint, Profile> profiles) throws Exception {
    PlaceProcessor place = processor(profiles);
    document(place, "a");
    assertThat(context.forwarded()).hasSize(1);
    assertThat(context.forwarded().getFirst().childName()).contains(PlaceNodes.REJECTED);
    byte[] rejected = (byte[]) context.forwarded().getFirst().record().value();
    assertThat(Codecs.REJECTED.decode(rejected).getCode()).isEqualTo("fault");
    assertThat(hosts.get("a")).isNull();
    assertThat(probing.get("a")).isNull();
    assertThat(pooled.get("a")).isNull();
    assertThat(capacities.get("a")).isNull();
    assertThat(notes.all().hasNext()).isFalse();
    assertThat(
            registry
                .get("fleetcompat.indexer.records.rejected")
                .tag("code", "fault")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void aStoreThatHoldsWhatWeDidNotWriteIsNoRecordsFault() throws Exception {
    PlaceProcessor place = processor(Profile::of);
    hosts.put("a", new byte[] {1, 2, 3});
    document(place, "a");
    assertThat(Codecs.PLACEMENT.decode(hosts.get("a")).getHost()).isEqualTo("a");
    assertThat(context.forwarded())
        .noneMatch(forward -> forward.childName().equals(Optional.of(PlaceNodes.REJECTED)));
  }

  private PlaceProcessor processor(Function<Endpoint, Profile> profiles) {
    context.setCurrentSystemTimeMs(0);
    PlaceProcessor place =
        new PlaceProcessor(
            new Topics("", 1, (short) 1),
            new PipedRecords(),
            new Comparing(new PipedRecords(), Duration.ofMinutes(1)),
            LIMITS,
            HostLabels.POOL,
            Optional.empty(),
            new KnownProfiles(profiles),
            new IndexerMetrics(registry));
    place.init(context);
    return place;
  }

  private void document(PlaceProcessor place, String host) {
    context.setRecordMetadata("host-inventory", 0, 0);
    byte[] document = Documents.document(host, 1, 1, Documents.types("1.2.0"));
    place.process(new Record<>(host.getBytes(StandardCharsets.UTF_8), document, 0));
  }

  private <K> KeyValueStore<K, byte[]> store(String name, Serde<K> key) {
    KeyValueStore<K, byte[]> store =
        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
