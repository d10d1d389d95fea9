package io.fleetcompat.oracle.simulated;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.IndexerTopology;
import io.fleetcompat.indexer.alert.WantedAlertRules;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.judge.JudgeProcessor;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.place.KnownProfiles;
import io.fleetcompat.indexer.place.PlaceProcessor;
import io.fleetcompat.indexer.pool.PoolProcessor;
import io.fleetcompat.indexer.probe.ProbeLimits;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.indexer.told.TopicDigests;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.oracle.simulated.FakeLog.Entry;
import io.fleetcompat.oracle.simulated.FakeLog.Partition;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.HostPartitioner;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.LivenessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Processor;

/**
 * The indexer's processors, wired as its topology says, each partition of each a task of its own.
 * One thread.
 */
final class FakeIndexer {

  static final LivenessLimits LIVENESS =
      new LivenessLimits(Duration.ofSeconds(60), Duration.ofHours(1));
  static final Duration COMPARE_EVERY = Duration.ofSeconds(60);
  private static final JudgeOptions JUDGE =
      new JudgeOptions(Duration.ofMinutes(30), 1000, Duration.ofMinutes(10));

  private final FakeLog log;
  private final List<FakeTask> tasks = new ArrayList<>();
  private final WantedRules rules = new WantedRules(RuleSet.of(Set.of()));

  /**
   * @param wiring of the real topology
   * @param key by which records are known to be their hosts'; empty where nobody asks
   */
  FakeIndexer(
      FakeLog log,
      Topics topics,
      TopologyDescription wiring,
      LongSupplier clock,
      Optional<FleetKey> key) {
    this.log = log;
    Reading reading = new Reading();
    Comparing comparing = new Comparing(reading, COMPARE_EVERY);
    IndexerMetrics metrics = new IndexerMetrics(new SimpleMeterRegistry());
    KnownProfiles known = new KnownProfiles();
    Map<String, Supplier<Processor<byte[], byte[], byte[], byte[]>>> processors = new TreeMap<>();
    processors.put(
        "place",
        () ->
            new PlaceProcessor(
                topics, reading, comparing, LIVENESS, HostLabels.POOL, key, known, metrics));
    processors.put(
        "judge", () -> new JudgeProcessor(topics, reading, comparing, JUDGE, rules, metrics));
    processors.put("pool", () -> new PoolProcessor(topics, reading, comparing, metrics));
    for (TopologyDescription.Subtopology part : wiring.subtopologies()) {
      for (TopologyDescription.Node node : part.nodes()) {
        if (node instanceof TopologyDescription.Processor processor
            && processors.containsKey(node.name())) {
          add(part.id(), processor, processors.get(node.name()), topics, clock);
        }
      }
    }
    tasks.sort(java.util.Comparator.comparing(FakeTask::name));
  }

  /** The wiring of the real topology. */
  static TopologyDescription wiring(Topics topics) {
    return IndexerTopology.build(
            new TopologyConfig(
                new StreamsConfig(
                    Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG, "described",
                        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1"))),
            topics,
            new IndexerTopology.Options(
                LIVENESS,
                JUDGE,
                new WantedRules(RuleSet.of(Set.of())),
                ProbeLimits.DEFAULT,
                HostLabels.POOL,
                Optional.empty(),
                new WantedAlertRules(AlertRules.defaults()),
                (partition, keys) -> new CompletableFuture<>(),
                new Comparing(partition -> new CompletableFuture<>(), COMPARE_EVERY)),
            new IndexerMetrics(new SimpleMeterRegistry()))
        .describe();
  }

  private void add(
      int part,
      TopologyDescription.Processor node,
      Supplier<Processor<byte[], byte[], byte[], byte[]>> processor,
      Topics topics,
      LongSupplier clock) {
    List<String> sources = new ArrayList<>();
    for (TopologyDescription.Node before : node.predecessors()) {
      sources.addAll(((TopologyDescription.Source) before).topicSet());
    }
    sources.sort(null);
    Map<String, FakeTask.Sink> sinks = new HashMap<>();
    for (TopologyDescription.Node after : node.successors()) {
      String topic = ((TopologyDescription.Sink) after).topic();
      sinks.put(after.name(), sink(topics, topic));
    }
    int partitions =
        sources.stream().mapToInt(topic -> log.partitions(topic).size()).max().orElseThrow();
    for (int i = 0; i < partitions; i++) {
      List<Partition> from = new ArrayList<>();
      for (String topic : sources) {
        if (i < log.partitions(topic).size()) {
          from.add(log.partitions(topic).get(i));
        }
      }
      tasks.add(
          new FakeTask(
              node.name() + "-" + i,
              new TaskId(part, i),
              processor,
              from,
              sinks,
              node.stores().stream().sorted().toList(),
              clock));
    }
  }

  /** The changes and what is rejected are read by nobody here. */
  private FakeTask.Sink sink(Topics topics, String topic) {
    if (topic.equals(topics.changes().name()) || topic.equals(topics.rejected().name())) {
      return (record, transaction) -> {};
    }
    List<Partition> partitions = log.partitions(topic);
    return (record, transaction) -> {
      int partition =
          partitions.size() == 1 ? 0 : HostPartitioner.partition(record.key(), partitions.size());
      partitions
          .get(partition)
          .append(record.key(), record.value(), record.timestamp(), transaction);
    };
  }

  List<FakeTask> tasks() {
    return tasks;
  }

  FakeTask task(long entropy) {
    return tasks.get((int) Long.remainderUnsigned(entropy, tasks.size()));
  }

  /** True where whoever places the hosts of a partition has taken a record of it for good. */
  boolean hasPlaced(Partition source, long offset) {
    return tasks.stream()
        .filter(task -> task.name().equals("place-" + source.name().partition()))
        .allMatch(task -> task.hasCommitted(source, offset));
  }

  /** The operator wants other rules from now on. */
  void want(RuleSet wanted) {
    rules.accept(wanted);
  }

  /** Topics read beside the tasks, as they are then. */
  private final class Reading implements NewestRecords, TopicDigests {

    @Override
    public CompletableFuture<Held> digests(TopicPartition partition) {
      Map<Bytes, Long> digests = new HashMap<>();
      log.partition(partition)
          .newest()
          .forEach(
              (key, entry) -> {
                if (entry.value() != null) {
                  digests.put(key, TopicDigests.digest(entry.value()));
                }
              });
      return CompletableFuture.completedFuture(new Held(digests, Duration.ZERO));
    }

    @Override
    public CompletableFuture<Map<Bytes, ConsumerRecord<byte[], byte[]>>> read(
        TopicPartition partition, Set<Bytes> keys) {
      Map<Bytes, ConsumerRecord<byte[], byte[]>> found = new HashMap<>();
      for (Map.Entry<Bytes, Entry> each : log.partition(partition).newest().entrySet()) {
        if (keys.contains(each.getKey())) {
          Entry entry = each.getValue();
          found.put(
              each.getKey(),
              new ConsumerRecord<>(
                  partition.topic(),
                  partition.partition(),
                  entry.offset(),
                  entry.timestamp(),
                  TimestampType.CREATE_TIME,
                  0,
                  0,
                  entry.key(),
                  entry.value(),
                  new RecordHeaders(entry.origin().headers()),
                  Optional.empty()));
        }
      }
      return CompletableFuture.completedFuture(found);
    }
  }
}
