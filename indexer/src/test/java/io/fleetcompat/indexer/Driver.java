package io.fleetcompat.indexer;

import io.fleetcompat.alerts.AlertRules;
import io.fleetcompat.compatibility.judge.Judge;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.alert.WantedAlertRules;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.probe.ProbeLimits;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.PipedRecords;
import io.fleetcompat.indexer.store.StoreKeySerde;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.HostLabels;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordCodec;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.RuleSetId;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.AlertRecord;
import io.fleetcompat.schemas.avro.Census;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.FingerprintBytes;
import io.fleetcompat.schemas.avro.MatrixGeneration;
import io.fleetcompat.schemas.avro.MatrixRow;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.ProfileRecord;
import io.fleetcompat.settings.LivenessLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The whole topology in one thread; what comes out is folded into a {@link Published}. */
final class Driver implements AutoCloseable {

  static final Topics TOPICS = new Topics("", 1, (short) 1);
  static final Duration STALE_AFTER = Duration.ofSeconds(60);
  static final Duration LOST_AFTER = Duration.ofHours(1);
  static final Duration COMPARE_EVERY = Duration.ofSeconds(60);
  static final Duration GC_AFTER = Duration.ofMinutes(10);
  static final Duration KEEP_PREVIOUS = Duration.ofMinutes(30);

  private static final int MAX_TICKS = 200;
  private static final int MAX_PROFILES = 1000;
  private static final Duration JUDGE_TICK = Duration.ofMillis(50);
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Published published;

  /** The health of pools that this driver has told. */
  final Map<String, PoolHealthRecord> healths = new TreeMap<>();

  /** The changes that this driver has told, in order. */
  final List<KeyValue<ChangeKey, ChangeRecord>> changes = new ArrayList<>();

  /** The newest values of the topics that changes are about, by the keys of changes. */
  final Map<String, byte[]> index = new TreeMap<>();

  private final Map<String, Optional<ProbedPair>> toldVerdicts = new TreeMap<>();
  private final PipedRecords log;
  private final TopologyTestDriver driver;
  private Instant now = START;
  private final TestInputTopic<byte[], byte[]> inventory;
  private final TestInputTopic<byte[], byte[]> capacity;

  /** The alerts as they were told, by their key. */
  final Map<String, AlertRecord> alerts = new TreeMap<>();

  final WantedAlertRules alertRules = new WantedAlertRules(AlertRules.defaults());
  private final TestInputTopic<byte[], byte[]> census;
  private final TestInputTopic<byte[], byte[]> results;
  private final TestInputTopic<byte[], byte[]> overrides;
  private final TestInputTopic<byte[], byte[]> poolMembers;

  Driver(Path state, Published published, Set<Policy> policies, int maxProfiles) {
    this(
        state,
        published,
        policies,
        maxProfiles,
        HostLabels.POOL,
        Optional.empty(),
        new PipedRecords());
  }

  /** A driver that can read again what others before it have piped and told. */
  Driver(Path state, Published published, PipedRecords log) {
    this(state, published, Set.of(), MAX_PROFILES, HostLabels.POOL, Optional.empty(), log);
  }

  /** A driver for which that label names pools. */
  Driver(Path state, String poolLabel) {
    this(
        state,
        new Published(),
        Set.of(),
        MAX_PROFILES,
        poolLabel,
        Optional.empty(),
        new PipedRecords());
  }

  /** A driver that believes records alone that are marked with the keys of a fleet. */
  Driver(Path state, Published published, FleetKey key) {
    this(
        state,
        published,
        Set.of(),
        MAX_PROFILES,
        HostLabels.POOL,
        Optional.of(key),
        new PipedRecords());
  }

  private Driver(
      Path state,
      Published published,
      Set<Policy> policies,
      int maxProfiles,
      String poolLabel,
      Optional<FleetKey> key,
      PipedRecords log) {
    this.published = published;
    this.log = log;
    this.driver =
        new TopologyTestDriver(
            topology(state, registry, policies, maxProfiles, poolLabel, key, alertRules, log),
            settings(state),
            START);
    this.inventory = input(TOPICS.hostInventory());
    this.capacity = input(TOPICS.hostCapacity());
    this.census = input(TOPICS.census());
    this.results = input(TOPICS.probeResults());
    this.overrides = input(TOPICS.overrides());
    this.poolMembers = input(TOPICS.poolMembers());
  }

  Driver(Path state, Published published) {
    this(state, published, Set.of(), MAX_PROFILES);
  }

  Driver(Path state) {
    this(state, new Published());
  }

  private static Topology topology(
      Path state,
      SimpleMeterRegistry registry,
      Set<Policy> policies,
      int maxProfiles,
      String poolLabel,
      Optional<FleetKey> key,
      WantedAlertRules alertRules,
      PipedRecords log) {
    return IndexerTopology.build(
        new TopologyConfig(new StreamsConfig(settings(state))),
        TOPICS,
        new IndexerTopology.Options(
            new LivenessLimits(STALE_AFTER, LOST_AFTER),
            new JudgeOptions(KEEP_PREVIOUS, maxProfiles, GC_AFTER),
            new WantedRules(RuleSet.of(policies)),
            ProbeLimits.DEFAULT,
            poolLabel,
            key,
            alertRules,
            log,
            new Comparing(log, COMPARE_EVERY)),
        new IndexerMetrics(registry));
  }

  static Properties settings(Path state) {
    Properties settings =
        StreamsSettings.of(
            IndexerConfig.parse(
                Map.of("bootstrap-servers", "unused:1", "state-dir", state.toString())));
    // The driver has no changelogs: with exactly-once it would wipe a state that it finds.
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    return settings;
  }

  private TestInputTopic<byte[], byte[]> input(Topic<?, ?> topic) {
    return driver.createInputTopic(
        topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> output(Topic<?, ?> topic) {
    return driver.createOutputTopic(
        topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Driver document(String host, byte @Nullable [] value) {
    return document(host.getBytes(StandardCharsets.UTF_8), value);
  }

  Driver document(byte[] key, byte @Nullable [] value) {
    log.put(TOPICS.hostInventory().name(), key, value);
    inventory.pipeInput(key, value);
    return settle(Duration.ZERO);
  }

  Driver heartbeat(String host, byte @Nullable [] value) {
    capacity.pipeInput(host.getBytes(StandardCharsets.UTF_8), value);
    return settle(Duration.ZERO);
  }

  /** The same, with the time that the broker gave it. */
  Driver heartbeat(String host, byte[] value, Instant at) {
    capacity.pipeInput(host.getBytes(StandardCharsets.UTF_8), value, at);
    return settle(Duration.ZERO);
  }

  /** A record of a topic, as Kafka has it, headers and all. */
  Driver record(Topic<?, ?> topic, TestRecord<byte[], byte[]> record) {
    log.put(topic.name(), record.key(), record.value(), record.headers());
    input(topic).pipeInput(record);
    return settle(Duration.ZERO);
  }

  Driver census(String key, byte @Nullable [] value) {
    census.pipeInput(key.getBytes(StandardCharsets.UTF_8), value);
    return settle(Duration.ZERO);
  }

  Driver poolMember(String host, byte @Nullable [] value) {
    poolMembers.pipeInput(host.getBytes(StandardCharsets.UTF_8), value);
    return settle(Duration.ZERO);
  }

  Driver override(String id, byte @Nullable [] value) {
    overrides.pipeInput(id.getBytes(StandardCharsets.UTF_8), value);
    return settle(Duration.ZERO);
  }

  Driver result(ProbeResult result) {
    results.pipeInput(
        result.getHost().getBytes(StandardCharsets.UTF_8), Codecs.PROBE_RESULT.encode(result));
    return this;
  }

  /** The questions that were asked since this was last called. */
  List<ProbeRequest> requests() {
    List<ProbeRequest> requests = new ArrayList<>();
    for (KeyValue<byte[], byte[]> record : output(TOPICS.probeRequests()).readKeyValuesToList()) {
      requests.add(decoded(Codecs.PROBE_REQUEST, record.value));
    }
    return requests;
  }

  /** What was told of drivers' answers since this was last called; empty for a tombstone. */
  Map<String, Optional<ProbedPair>> verdicts() {
    takeVerdicts();
    Map<String, Optional<ProbedPair>> verdicts = new TreeMap<>(toldVerdicts);
    toldVerdicts.clear();
    return verdicts;
  }

  private void takeVerdicts() {
    for (KeyValue<byte[], byte[]> record : read(TOPICS.probeVerdicts())) {
      index(ChangeKey.Kind.PROBE, record);
      toldVerdicts.put(
          new String(record.key, StandardCharsets.UTF_8),
          Optional.ofNullable(record.value).map(value -> decoded(Codecs.PROBED_PAIR, value)));
    }
  }

  private void index(ChangeKey.Kind kind, KeyValue<byte[], byte[]> record) {
    String key = kind + "/" + new String(record.key, StandardCharsets.UTF_8);
    if (record.value == null) {
      index.remove(key);
    } else {
      index.put(key, record.value);
    }
  }

  private static <T extends SpecificRecord> T decoded(RecordCodec<T> codec, byte[] value) {
    try {
      return codec.decode(value);
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<ChangeKey.Kind> kind(Topic<?, ?> topic) {
    if (topic.name().equals(TOPICS.placements().name())) {
      return Optional.of(ChangeKey.Kind.HOST);
    }
    if (topic.name().equals(TOPICS.profiles().name())) {
      return Optional.of(ChangeKey.Kind.PROFILE);
    }
    return topic.name().equals(TOPICS.matrix().name())
        ? Optional.of(ChangeKey.Kind.RULES)
        : Optional.empty();
  }

  private static ChangeKey changed(byte[] key) {
    try {
      return RecordKeys.CHANGE.decode(key);
    } catch (BadRecordException e) {
      throw new AssertionError(e);
    }
  }

  /** The records that were told since this was last called; they can be read again. */
  private List<KeyValue<byte[], byte[]>> read(Topic<?, ?> topic) {
    List<KeyValue<byte[], byte[]>> told = output(topic).readKeyValuesToList();
    told.forEach(record -> log.put(topic.name(), record.key, record.value));
    return told;
  }

  /** Puts bytes that nobody can read under every key of a store, and under keys that are none. */
  void garble(String name) {
    KeyValueStore<String, byte[]> store = driver.getKeyValueStore(name);
    List<String> keys = new ArrayList<>(List.of("no key", "\u0000bytes:ff00fe"));
    try (KeyValueIterator<String, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(key -> store.put(key, new byte[] {1, 2, 3}));
  }

  /** Lets that much time pass, and takes what came out. */
  Driver settle(Duration time) {
    driver.advanceWallClockTime(time);
    List.of(TOPICS.census(), TOPICS.probers(), TOPICS.poolMembers()).forEach(this::read);
    for (Topic<?, ?> topic :
        List.of(TOPICS.placements(), TOPICS.profiles(), TOPICS.matrix(), TOPICS.rejected())) {
      for (KeyValue<byte[], byte[]> record : read(topic)) {
        published.take(TOPICS, topic.name(), record.key, record.value);
        kind(topic).ifPresent(kind -> index(kind, record));
      }
    }
    takeVerdicts();
    for (KeyValue<byte[], byte[]> record : read(TOPICS.poolHealth())) {
      index(ChangeKey.Kind.POOL, record);
      String pool = new String(record.key, StandardCharsets.UTF_8);
      if (record.value == null) {
        healths.remove(pool);
      } else {
        healths.put(pool, decoded(Codecs.POOL_HEALTH, record.value));
      }
    }
    for (KeyValue<byte[], byte[]> record : read(TOPICS.alerts())) {
      String key = new String(record.key, StandardCharsets.UTF_8);
      if (record.value == null) {
        alerts.remove(key);
      } else {
        alerts.put(key, decoded(Codecs.ALERT, record.value));
      }
    }
    for (KeyValue<byte[], byte[]> record : output(TOPICS.changes()).readKeyValuesToList()) {
      changes.add(new KeyValue<>(changed(record.key), decoded(Codecs.CHANGE, record.value)));
    }
    now = now.plus(time);
    return this;
  }

  /** The time by the driver's clock. */
  Instant now() {
    return now;
  }

  /** Lets the judge work until it is done: it works for a while and goes on in the next tick. */
  Driver judged(Judge judge) {
    for (int tick = 0; tick < MAX_TICKS && !isJudged(judge); tick++) {
      settle(JUDGE_TICK);
    }
    return this;
  }

  private boolean isJudged(Judge judge) {
    return published.ruleSet().equals(judge.ruleSet().toString())
        && published.disagreements(judge).isEmpty();
  }

  double count(String name, String tag, String value) {
    return registry.get("fleetcompat.indexer." + name).tag(tag, value).counter().count();
  }

  double gauge(String name, String tag, String value) {
    return registry.get("fleetcompat.indexer." + name).tag(tag, value).gauge().value();
  }

  /** Stores a profile with the next number and a row, and that a host has it. */
  ProfileRecord store(String canonical) {
    KeyValueStore<String, byte[]> meta = driver.getKeyValueStore("judge-meta");
    int number = ByteBuffer.wrap(meta.get("next-number")).getInt();
    meta.put("next-number", ByteBuffer.allocate(Integer.BYTES).putInt(number + 1).array());
    ProfileRecord record = new ProfileRecord(number, canonical, Instant.EPOCH);
    Fingerprint fingerprint = Fingerprint.of(canonical);
    FingerprintBytes bytes = new FingerprintBytes(fingerprint.bytes());
    ByteBuffer none = ByteBuffer.allocate(0);
    KeyValueStore<String, byte[]> profiles = driver.getKeyValueStore("profiles");
    profiles.put(fingerprint.toString(), Codecs.PROFILE.encode(record));
    KeyValueStore<String, byte[]> census = driver.getKeyValueStore("census");
    census.put(
        new CensusKey(0, fingerprint.toString()).toString(),
        Codecs.CENSUS.encode(new Census(0, bytes, 1, canonical)));
    MatrixRow row = new MatrixRow(number, none, none, none, none);
    row(RuleSetId.of(published.ruleSet()), fingerprint, row);
    return record;
  }

  /** Puts this in place of a stored row. */
  void row(RuleSetId rules, Fingerprint profile, MatrixRow row) {
    KeyValueStore<String, byte[]> rows = driver.getKeyValueStore("rows");
    MatrixKey key = new MatrixKey.Row(rules, profile.toString());
    rows.put(key.toString(), Codecs.MATRIX_ROW.encode(row));
  }

  /** Takes away what was told of hosts' pools, as if an earlier version had stored the hosts. */
  void forgetPools() {
    empty("told-pool-hosts", "pool-hosts", "pool-healths");
  }

  /** Takes away what changes are told by, likewise. */
  void forgetHistory() {
    empty("history-notes");
  }

  /** Takes away all that a store holds. */
  void forget(String store) {
    empty(store);
  }

  private void empty(String... names) {
    for (String name : names) {
      KeyValueStore<String, byte[]> store = driver.getKeyValueStore(name);
      List<String> keys = new ArrayList<>();
      try (KeyValueIterator<String, byte[]> all = store.all()) {
        all.forEachRemaining(entry -> keys.add(entry.key));
      }
      keys.forEach(store::delete);
    }
  }

  /** The number of stored rows, of whatever form. */
  int storedRows() {
    KeyValueStore<String, byte[]> rows = driver.getKeyValueStore("rows");
    int count = 0;
    try (KeyValueIterator<String, byte[]> all = rows.all()) {
      for (; all.hasNext(); all.next()) {
        count++;
      }
    }
    return count;
  }

  /** Puts in what an indexer has left of before rule sets had rows of their own. */
  void supersede(int number) {
    KeyValueStore<String, byte[]> rows = driver.getKeyValueStore("rows");
    ByteBuffer none = ByteBuffer.allocate(0);
    byte[] row = Codecs.MATRIX_ROW.encode(new MatrixRow(number, none, none, none, none));
    rows.put(StoreKeySerde.text(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()), row);
    KeyValueStore<String, byte[]> meta = driver.getKeyValueStore("judge-meta");
    meta.put(
        "generation", Codecs.MATRIX_GENERATION.encode(new MatrixGeneration(1, "2[]", List.of())));
  }

  /**
   * The state at this moment, in another directory: what an indexer finds that starts after a
   * crash. The driver itself deletes its state when it is closed.
   */
  Path crash(Path to) {
    Path task = to.resolve(settings(to).getProperty(StreamsConfig.APPLICATION_ID_CONFIG));
    driver.getAllStateStores().keySet().forEach(name -> copy(name, task.resolve("0_0")));
    return to;
  }

  private void copy(String name, Path task) {
    MockProcessorContext<Void, Void> context =
        new MockProcessorContext<>(settings(task), new TaskId(0, 0), task.toFile());
    KeyValueStore<Bytes, byte[]> copy = Stores.persistentKeyValueStore(name).get();
    copy.init(context.getStateStoreContext(), copy);
    KeyValueStore<Object, byte[]> store = driver.getKeyValueStore(name);
    try (KeyValueIterator<Object, byte[]> all = store.all()) {
      all.forEachRemaining(entry -> copy.put(key(entry.key), entry.value));
    }
    copy.commit(Map.of());
    copy.close();
  }

  private static Bytes key(Object key) {
    return Bytes.wrap(
        switch (key) {
          case Bytes bytes -> bytes.get();
          default -> StoreKeySerde.bytes(key.toString());
        });
  }

  @Override
  public void close() {
    driver.close();
  }
}
