package io.fleetcompat.indexer.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.alert.AlertProcessor;
import io.fleetcompat.indexer.alert.WantedAlertRules;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.judge.JudgeProcessor;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.place.KnownProfiles;
import io.fleetcompat.indexer.place.PlaceProcessor;
import io.fleetcompat.indexer.pool.PoolProcessor;
import io.fleetcompat.indexer.probe.ProbeLimits;
import io.fleetcompat.indexer.probe.ProbeProcessor;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.LivenessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A task that Streams revives has its processor, and whatever that had scheduled. */
class RevivedProcessorsTest {

  private static final Topics TOPICS = new Topics("", 1, (short) 1);
  private static final PipedRecords NEWEST = new PipedRecords();
  private static final Comparing COMPARING = new Comparing(NEWEST, Duration.ofMinutes(1));

  /** A context that has an empty store under each name. */
  private static final class AnyStores extends MockProcessorContext<byte[], byte[]> {

    private final Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();

    AnyStores() {
      setCurrentSystemTimeMs(0);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    @Override
    public <S extends StateStore> S getStateStore(String name) {
      return (S) stores.computeIfAbsent(name, this::empty);
    }

    private KeyValueStore<String, byte[]> empty(String name) {
      KeyValueStore<String, byte[]> store =
          Stores.keyValueStoreBuilder(
                  Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
              .withLoggingDisabled()
              .build();
      store.init(getStateStoreContext(), store);
      return store;
    }

    List<CapturedPunctuator> called() {
      return scheduledPunctuators().stream().filter(each -> !each.cancelled()).toList();
    }
  }

  static Stream<Named<Processor<byte[], byte[], byte[], byte[]>>> processors() {
    IndexerMetrics metrics = new IndexerMetrics(new SimpleMeterRegistry());
    return Stream.of(
        Named.of(
            "place",
            new PlaceProcessor(
                TOPICS,
                NEWEST,
                COMPARING,
                new LivenessLimits(Duration.ofMinutes(1), Duration.ofHours(1)),
                HostLabels.POOL,
                Optional.empty(),
                new KnownProfiles(),
                metrics)),
        Named.of(
            "judge",
            new JudgeProcessor(
                TOPICS,
                NEWEST,
                COMPARING,
                new JudgeOptions(Duration.ofHours(1), 10, Duration.ofMinutes(10)),
                new WantedRules(RuleSet.of(Set.of())),
                metrics)),
        Named.of(
            "probe",
            new ProbeProcessor(TOPICS, NEWEST, ProbeLimits.DEFAULT, Optional.empty(), metrics)),
        Named.of("pool", new PoolProcessor(TOPICS, NEWEST, COMPARING, metrics)),
        Named.of(
            "alert",
            new AlertProcessor(
                TOPICS, NEWEST, new WantedAlertRules(AlertRules.defaults()), metrics)));
  }

  @ParameterizedTest
  @MethodSource("processors")
  void whatWasScheduledBeforeIsCalledNoMore(Processor<byte[], byte[], byte[], byte[]> processor) {
    AnyStores context = new AnyStores();
    processor.init(context);
    List<CapturedPunctuator> before = context.called();
    assertThat(before).isNotEmpty();

    processor.close();
    assertThat(context.called()).isEmpty();

    processor.init(context);
    assertThat(context.called())
        .hasSameSizeAs(before)
        .doesNotContainAnyElementsOf(before)
        .extracting(CapturedPunctuator::getInterval)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("processors")
  void aSecondBeginWithoutAnEndIsNoDifferent(Processor<byte[], byte[], byte[], byte[]> processor) {
    AnyStores context = new AnyStores();
    processor.init(context);
    List<CapturedPunctuator> before = context.called();
    processor.init(context);
    assertThat(context.called()).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
  }
}
