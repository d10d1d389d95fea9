package io.fleetcompat.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.LivenessLimits;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of an indexer, each made to throw: it goes on, or says that it cannot. */
class IndexerFaultsIT {

  private static final Duration CLOCK = Duration.ofMillis(50);

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final Topics topics = new Topics(prefix, 1, (short) 1);

  @TempDir Path directory;

  @Test
  void aFaultOfOursInAProcessorStopsIt() throws Exception {
    stops(
        () ->
            new Faulty(
                () -> {
                  throw new IllegalStateException("ours");
                },
                () -> {}));
  }

  @Test
  void anErrorInAProcessorStopsIt() throws Exception {
    stops(
        () ->
            new Faulty(
                () -> {
                  throw new NoClassDefFoundError("gone");
                },
                () -> {}));
  }

  @Test
  void aFaultOfOursInAPunctuatorStopsIt() throws Exception {
    stops(
        () ->
            new Faulty(
                () -> {},
                () -> {
                  throw new IllegalStateException("ours");
                }));
  }

  @Test
  void anErrorInAPunctuatorStopsIt() throws Exception {
    stops(
        () ->
            new Faulty(
                () -> {},
                () -> {
                  throw new NoClassDefFoundError("gone");
                }));
  }

  @Test
  void aFaultOfOursWhileAStoreIsRestoredStopsIt() throws Exception {
    stopsRestoring(
        () -> {
          throw new IllegalStateException("ours");
        });
  }

  @Test
  void anErrorWhileAStoreIsRestoredStopsIt() throws Exception {
    stopsRestoring(
        () -> {
          throw new NoClassDefFoundError("gone");
        });
  }

  @Test
  void whatKafkaThrowsIsTriedAgainUntilItWorks() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Runnable twice =
        () -> {
          if (tries.incrementAndGet() <= 2) {
            throw new TimeoutException("no broker");
          }
        };
    create(topics.hostInventory().name());
    Topology topology = topology(() -> new Faulty(twice, () -> {}));
    try (Indexer indexer = Indexer.run(topology, config(), new SimpleMeterRegistry())) {
      send(topics.hostInventory().name());
      Await.until("the third try", () -> tries.get() >= 3);
      Await.until("it to be ready", indexer::isReady);
      assertThat(indexer.hasFailed()).isFalse();
    }
  }

  @Test
  void aRejectionThatItsTopicDoesNotTakeStopsIt() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicSetup.ensure(admin, topics, true);
      ConfigResource rejected =
          new ConfigResource(ConfigResource.Type.TOPIC, topics.rejected().name());
      AlterConfigOp small =
          new AlterConfigOp(new ConfigEntry("max.message.bytes", "1000"), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(rejected, List.of(small))).all().get();
    }
    byte[] poison = new byte[5000];
    new Random(1).nextBytes(poison);
    Topology topology =
        IndexerTopology.build(
            new TopologyConfig(new StreamsConfig(StreamsSettings.of(config()))),
            topics,
            new IndexerTopology.Options(
                new LivenessLimits(Driver.STALE_AFTER, Driver.LOST_AFTER),
                new JudgeOptions(Driver.KEEP_PREVIOUS, 10, Driver.GC_AFTER),
                new WantedRules(RuleSet.of(Set.of())),
                new PipedRecords(),
                new Comparing(new PipedRecords(), Driver.COMPARE_EVERY)),
            new IndexerMetrics(new SimpleMeterRegistry()));
    try (Indexer indexer = Indexer.run(topology, config(), new SimpleMeterRegistry())) {
      send(topics.hostInventory().name(), "a", poison);
      indexer.awaitStopped();
      assertThat(indexer.hasFailed()).as("failed").isTrue();
      assertThat(indexer.isReady()).as("ready").isFalse();
    }
  }

  /** It runs into the fault, and is neither ready nor live afterwards. */
  private void stops(Supplier<Processor<byte[], byte[], byte[], byte[]>> processor)
      throws Exception {
    create(topics.hostInventory().name());
    awaitStopped(topology(processor));
  }

  /** A store is restored by a thread of its own, the state updater. */
  private void stopsRestoring(Runnable atRestore) throws Exception {
    create(topics.hostInventory().name());
    String changelog = prefix + "fleetcompat-indexer-" + UnrestorableStore.NAME + "-changelog";
    create(changelog);
    send(changelog);
    Topology topology = topology(() -> new Faulty(() -> {}, () -> {}));
    topology.addStateStore(new UnrestorableStore(atRestore), "faulty");
    awaitStopped(topology);
  }

  private void awaitStopped(Topology topology) throws Exception {
    try (Indexer indexer = Indexer.run(topology, config(), new SimpleMeterRegistry())) {
      send(topics.hostInventory().name());
      indexer.awaitStopped();
      assertThat(indexer.hasFailed()).as("failed").isTrue();
      assertThat(indexer.isReady()).as("ready").isFalse();
    }
  }

  private Topology topology(Supplier<Processor<byte[], byte[], byte[], byte[]>> processor) {
    Topology topology =
        new Topology(new TopologyConfig(new StreamsConfig(StreamsSettings.of(config()))));
    topology.addSource(
        "in",
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topics.hostInventory().name());
    topology.addProcessor("faulty", processor::get, "in");
    return topology;
  }

  private IndexerConfig config() {
    return IndexerConfig.parse(
        Map.of(
            "bootstrap-servers",
            kafka.bootstrapServers(),
            "state-dir",
            directory.toString(),
            "topic-prefix",
            prefix,
            "partitions",
            "1",
            "standby-replicas",
            "0"));
  }

  private void create(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private void send(String topic) throws Exception {
    send(topic, "a", new byte[1]);
  }

  private void send(String topic, String key, byte[] value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)).get();
    }
  }

  /** A processor that does something at a record, and something at every tick. */
  private static final class Faulty implements Processor<byte[], byte[], byte[], byte[]> {

    private final Runnable atRecord;
    private final Runnable atTick;

    Faulty(Runnable atRecord, Runnable atTick) {
      this.atRecord = atRecord;
      this.atTick = atTick;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
      context.schedule(CLOCK, PunctuationType.WALL_CLOCK_TIME, now -> atTick.run());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      atRecord.run();
    }
  }
}
