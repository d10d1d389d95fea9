package io.fleetcompat.indexer;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.indexer.alert.AlertNodes;
import io.fleetcompat.indexer.alert.AlertProcessor;
import io.fleetcompat.indexer.alert.WantedAlertRules;
import io.fleetcompat.indexer.judge.JudgeNodes;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.judge.JudgeProcessor;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.place.KnownProfiles;
import io.fleetcompat.indexer.place.PlaceNodes;
import io.fleetcompat.indexer.place.PlaceProcessor;
import io.fleetcompat.indexer.pool.PoolNodes;
import io.fleetcompat.indexer.pool.PoolProcessor;
import io.fleetcompat.indexer.probe.ProbeLimits;
import io.fleetcompat.indexer.probe.ProbeNodes;
import io.fleetcompat.indexer.probe.ProbeProcessor;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.store.CheckedStores;
import io.fleetcompat.indexer.store.StoreKeySerde;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.ChangePartitioner;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.LivenessLimits;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The whole graph, in the order in which records travel. */
public final class IndexerTopology {

  private static final ByteArrayDeserializer FROM_BYTES = new ByteArrayDeserializer();
  private static final ByteArraySerializer TO_BYTES = new ByteArraySerializer();

  private static final String PLACE = "place";
  private static final String JUDGE = "judge";
  private static final String PROBE = "probe";
  private static final String POOL = "pool";
  private static final String ALERT = "alert";

  private IndexerTopology() {}

  public static Topology build(
      TopologyConfig config, Topics topics, Options options, IndexerMetrics metrics) {
    Topology graph = new Topology(config);

    // By host: documents and heartbeats → placements, and the census of the partition.
    KnownProfiles known = new KnownProfiles();
    source(graph, "host-inventory", topics.hostInventory());
    source(graph, "host-capacity", topics.hostCapacity());
    source(graph, "keys-in", topics.keys());
    graph.addProcessor(
        PLACE,
        () ->
            new PlaceProcessor(
                topics,
                options.newest(),
                options.comparing(),
                options.liveness(),
                options.poolLabel(),
                options.key(),
                known,
                metrics),
        "host-inventory",
        "host-capacity",
        "keys-in");
    store(graph, metrics, PlaceNodes.HOST_STORE, PLACE);
    store(graph, metrics, PlaceNodes.PROBER_STORE, PLACE);
    store(graph, metrics, PlaceNodes.POOL_STORE, PLACE);
    store(graph, metrics, PlaceNodes.CAPACITY_STORE, PLACE);
    store(graph, metrics, PlaceNodes.NOTE_STORE, PLACE);
    store(graph, metrics, PlaceNodes.KEY_STORE, PLACE);
    store(graph, metrics, PlaceNodes.MARK_STORE, PLACE);
    sinkByHost(graph, PlaceNodes.PLACEMENTS, topics.placements(), PLACE);
    sink(graph, PlaceNodes.CENSUS, topics.census(), PLACE);
    sink(graph, PlaceNodes.PROBERS, topics.probers(), PLACE);
    sink(graph, PlaceNodes.POOL_HOSTS, topics.poolMembers(), PLACE);
    sinkOfChanges(graph, PlaceNodes.CHANGES, topics, PLACE);
    sink(graph, PlaceNodes.REJECTED, topics.rejected(), PLACE);

    // One task: the census → numbered profiles and the matrix.
    source(graph, "census-in", topics.census());
    graph.addProcessor(
        JUDGE,
        () ->
            new JudgeProcessor(
                topics,
                options.newest(),
                options.comparing(),
                options.judge(),
                options.rules(),
                metrics),
        "census-in");
    store(graph, metrics, JudgeNodes.CENSUS_STORE, JUDGE);
    store(graph, metrics, JudgeNodes.PROFILE_STORE, JUDGE);
    store(graph, metrics, JudgeNodes.ROW_STORE, JUDGE);
    store(graph, metrics, JudgeNodes.META_STORE, JUDGE);
    sink(graph, JudgeNodes.PROFILES, topics.profiles(), JUDGE);
    sink(graph, JudgeNodes.MATRIX, topics.matrix(), JUDGE);
    sinkOfChanges(graph, JudgeNodes.CHANGES, topics, JUDGE);
    sink(graph, JudgeNodes.REJECTED, topics.rejected(), JUDGE);

    // One task: profiles, hosts that ask drivers, and results → questions, and what was answered.
    source(graph, "profiles-in", topics.profiles());
    source(graph, "probers-in", topics.probers());
    source(graph, "probe-results-in", topics.probeResults());
    graph.addProcessor(
        PROBE,
        () -> new ProbeProcessor(topics, options.newest(), options.probe(), options.key(), metrics),
        "profiles-in",
        "probers-in",
        "probe-results-in");
    store(graph, metrics, ProbeNodes.PROFILE_STORE, PROBE);
    store(graph, metrics, ProbeNodes.PROBER_STORE, PROBE);
    store(graph, metrics, ProbeNodes.OPEN_STORE, PROBE);
    store(graph, metrics, ProbeNodes.VERDICT_STORE, PROBE);
    store(graph, metrics, ProbeNodes.INCONCLUSIVE_STORE, PROBE);
    store(graph, metrics, ProbeNodes.META_STORE, PROBE);
    sinkByHost(graph, ProbeNodes.REQUESTS, topics.probeRequests(), PROBE);
    sink(graph, ProbeNodes.VERDICTS, topics.probeVerdicts(), PROBE);
    sinkOfChanges(graph, ProbeNodes.CHANGES, topics, PROBE);
    sink(graph, ProbeNodes.REJECTED, topics.rejected(), PROBE);

    // In the same task, since it reads profiles, too: who is in which pool, and what verdicts
    // depend on → the health of pools.
    source(graph, "pool-members-in", topics.poolMembers());
    source(graph, "matrix-in", topics.matrix());
    source(graph, "probe-verdicts-in", topics.probeVerdicts());
    source(graph, "overrides-in", topics.overrides());
    graph.addProcessor(
        POOL,
        () -> new PoolProcessor(topics, options.newest(), options.comparing(), metrics),
        "pool-members-in",
        "profiles-in",
        "matrix-in",
        "probe-verdicts-in",
        "overrides-in");
    store(graph, metrics, PoolNodes.HOST_STORE, POOL);
    store(graph, metrics, PoolNodes.INPUT_STORE, POOL);
    store(graph, metrics, PoolNodes.HEALTH_STORE, POOL);
    sink(graph, PoolNodes.HEALTH, topics.poolHealth(), POOL);
    sinkOfChanges(graph, PoolNodes.CHANGES, topics, POOL);
    sink(graph, PoolNodes.REJECTED, topics.rejected(), POOL);

    // One task: the health of pools → alerts.
    source(graph, "pool-health-in", topics.poolHealth());
    graph.addProcessor(
        ALERT,
        () -> new AlertProcessor(topics, options.newest(), options.alerts(), metrics),
        "pool-health-in");
    store(graph, metrics, AlertNodes.HEALTH_STORE, ALERT);
    store(graph, metrics, AlertNodes.ALERT_STORE, ALERT);
    sink(graph, AlertNodes.ALERTS, topics.alerts(), ALERT);
    sink(graph, AlertNodes.REJECTED, topics.rejected(), ALERT);
    return graph;
  }

  /**
   * The operator's choices for each processor.
   *
   * @param rules of the judge; they may change while it runs
   * @param alerts the alert rules; likewise
   * @param poolLabel the label that names a host's pool
   * @param key by which records are known to be their hosts'; empty where nobody asks
   * @param newest reads inputs again where what was kept of them is lost
   * @param comparing of topics with what was told
   */
  public record Options(
      LivenessLimits liveness,
      JudgeOptions judge,
      WantedRules rules,
      ProbeLimits probe,
      String poolLabel,
      Optional<FleetKey> key,
      WantedAlertRules alerts,
      NewestRecords newest,
      Comparing comparing) {

    public Options(
        LivenessLimits liveness,
        JudgeOptions judge,
        WantedRules rules,
        NewestRecords newest,
        Comparing comparing) {
      this(
          liveness,
          judge,
          rules,
          ProbeLimits.DEFAULT,
          HostLabels.POOL,
          Optional.empty(),
          new WantedAlertRules(AlertRules.defaults()),
          newest,
          comparing);
    }
  }

  /** Bytes: what does not decode is an answer of the processor, not an exception of Streams. */
  private static void source(Topology graph, String node, Topic<?, ?> topic) {
    graph.addSource(node, FROM_BYTES, FROM_BYTES, topic.name());
  }

  private static void store(Topology graph, IndexerMetrics metrics, String name, String processor) {
    StoreBuilder<?> builder =
        Stores.keyValueStoreBuilder(
            new CheckedStores(name, metrics::stateMovedAside),
            StoreKeySerde.create(),
            Serdes.ByteArray());
    graph.addStateStore(builder, processor);
  }

  private static void sink(Topology graph, String node, Topic<?, ?> topic, String processor) {
    graph.addSink(node, topic.name(), TO_BYTES, TO_BYTES, processor);
  }

  private static void sinkByHost(Topology graph, String node, Topic<?, ?> topic, String processor) {
    sink(graph, node, topic, HostPartitioner::partition, processor);
  }

  private static void sinkOfChanges(Topology graph, String node, Topics topics, String processor) {
    sink(
        graph,
        node,
        topics.changes(),
        (key, partitions) -> ChangePartitioner.partition(change(key), partitions),
        processor);
  }

  private static ChangeKey change(byte[] key) {
    try {
      return RecordKeys.CHANGE.decode(key);
    } catch (BadRecordException e) {
      throw new IllegalStateException("a key of ours", e);
    }
  }

  /** The partition of a record's key, of so many. */
  private interface KeyPartitioner {
    int partition(byte[] key, int partitions);
  }

  @SuppressWarnings("removal") // in 4.4 still the partitioner's one abstract method
  private static void sink(
      Topology graph, String node, Topic<?, ?> topic, KeyPartitioner by, String processor) {
    StreamPartitioner<byte[], byte[]> partitioner =
        (name, key, value, partitions) -> Optional.of(Set.of(by.partition(key, partitions)));
    graph.addSink(node, topic.name(), TO_BYTES, TO_BYTES, partitioner, processor);
  }
}
