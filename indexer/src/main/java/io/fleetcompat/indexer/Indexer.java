package io.fleetcompat.indexer;

import io.fleetcompat.indexer.alert.WantedAlertRules;
import io.fleetcompat.indexer.judge.WantedRules;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.reread.KafkaRecords;
import io.fleetcompat.indexer.store.StateFolder;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.indexer.watch.Application;
import io.fleetcompat.indexer.watch.RestoredRecords;
import io.fleetcompat.indexer.watch.Watchdog;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.SteadyClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running indexer: makes or checks the topics, then runs the topology until closed. */
public final class Indexer implements AutoCloseable {

  /** The time for threads to commit what is done, and end. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(15);

  /**
   * The time for threads to end by themselves whose topics are gone, and for any after it was
   * interrupted.
   */
  private static final Duration END_WITHIN = Duration.ofSeconds(5);

  private static final int MOST_INTERRUPTS = 6;
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  private final KafkaStreams streams;
  private final ThreadFaults faults;

  /** Empty where nobody wants them. */
  private final Optional<KafkaStreamsMetrics> streamsMetrics;

  private final CountDownLatch stopped;
  private final Watchdog watchdog;
  private final RulesWatch rules;
  private final AlertRulesWatch alerts;
  private Optional<TopicsWatch> topics = Optional.empty();

  /** True once it ends since its topics are others. */
  private volatile boolean ended;

  private Indexer(
      KafkaStreams streams,
      ThreadFaults faults,
      Optional<KafkaStreamsMetrics> streamsMetrics,
      CountDownLatch stopped,
      Watchdog watchdog,
      RulesWatch rules,
      AlertRulesWatch alerts) {
    this.streams = streams;
    this.faults = faults;
    this.streamsMetrics = streamsMetrics;
    this.stopped = stopped;
    this.watchdog = watchdog;
    this.rules = rules;
    this.alerts = alerts;
  }

  /** Starts with metrics that nobody reads. */
  public static Indexer start(IndexerConfig config) {
    return start(config, new SimpleMeterRegistry());
  }

  /**
   * Starts; it is ready some time later.
   *
   * @throws TopicSetup.TopicException if the topics are not what they must be
   */
  public static Indexer start(IndexerConfig config, MeterRegistry registry) {
    Properties properties = StreamsSettings.of(config);
    FormerTopics former;
    try (Admin admin = Admin.create(adminSettings(config))) {
      TopicSetup.ensure(admin, config.topics(), config.createTopics());
      former = FormerTopics.forget(admin, config);
    }
    WantedRules rules = new WantedRules(config.rules());
    WantedAlertRules alerts = new WantedAlertRules(config.alerts());
    KafkaRecords contents = new KafkaRecords(adminSettings(config));
    Topology topology =
        IndexerTopology.build(
            new TopologyConfig(new StreamsConfig(properties)),
            config.topics(),
            new IndexerTopology.Options(
                config.liveness(),
                config.judge(),
                rules,
                config.probe(),
                config.poolLabel(),
                config.key(),
                alerts,
                contents,
                new Comparing(
                    contents,
                    former.isToldAgain() ? Duration.ZERO : config.compareEvery(),
                    config.compareEvery())),
            new IndexerMetrics(registry));
    try (Admin admin = Admin.create(adminSettings(config))) {
      Changelogs.ensure(admin, topology, config);
    }
    Indexer indexer = run(topology, config, rules, alerts, registry);
    indexer.topics =
        Optional.of(
            TopicsWatch.start(
                config,
                adminSettings(config),
                Changelogs.names(topology, config),
                former.now(),
                indexer::end));
    return indexer;
  }

  /** Runs a topology as an indexer's, whose rules stay. */
  static Indexer run(Topology topology, IndexerConfig config, MeterRegistry registry) {
    return run(
        topology,
        config,
        new WantedRules(config.rules()),
        new WantedAlertRules(config.alerts()),
        registry);
  }

  private static Indexer run(
      Topology topology,
      IndexerConfig config,
      WantedRules rules,
      WantedAlertRules alerts,
      MeterRegistry registry) {
    clear(topology, config, new IndexerMetrics(registry));
    SteadyClock clock = SteadyClock.start();
    Gauge.builder("fleetcompat.indexer.clock.ahead.seconds", clock, Indexer::secondsAhead)
        .description("How far this machine's clock has been set ahead since the start")
        .register(registry);
    KafkaStreams streams =
        new KafkaStreams(topology, settings(topology, config), new SteadyTime(clock));
    ThreadFaults faults = new ThreadFaults(System::nanoTime, ThreadFaults.FIRST_PAUSE);
    streams.setUncaughtExceptionHandler(new DyingThreads(faults, DyingThreads.END_WITHIN));
    CountDownLatch stopped = new CountDownLatch(1);
    streams.setStateListener(
        (to, from) -> {
          LOG.info("indexer is {} (was {})", to, from);
          if (to.hasCompletedShutdown()) {
            stopped.countDown();
          }
        });
    Optional<KafkaStreamsMetrics> streamsMetrics =
        config.kafkaMetrics() ? Optional.of(new KafkaStreamsMetrics(streams)) : Optional.empty();
    streamsMetrics.ifPresent(metrics -> metrics.bindTo(registry));
    RestoredRecords restored = new RestoredRecords();
    streams.setGlobalStateRestoreListener(restored);
    streams.start();
    Watchdog watchdog =
        Watchdog.start(watched(config, streams, restored), config.stalledAfter(), registry);
    return new Indexer(
        streams,
        faults,
        streamsMetrics,
        stopped,
        watchdog,
        RulesWatch.start(config.ruleSource(), rules, registry),
        AlertRulesWatch.start(config.alertSource(), alerts, registry));
  }

  /** Moves aside what would keep Streams from starting for ever. */
  private static void clear(Topology topology, IndexerConfig config, IndexerMetrics metrics) {
    StateFolder folder =
        new StateFolder(
            config.stateDir(), config.applicationId(), metrics::stateMovedAside, Clock.systemUTC());
    try {
      folder.clear(
          topology.describe().subtopologies().stream()
              .map(TopologyDescription.Subtopology::id)
              .collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not make the directory of state usable: " + config.stateDir(), e);
    }
  }

  private static double secondsAhead(SteadyClock clock) {
    return clock.wallAhead().toMillis() / 1000.0;
  }

  private static Properties settings(Topology topology, IndexerConfig config) {
    if (config.instanceId().isEmpty()) {
      return StreamsSettings.of(config);
    }
    StaticMember member = new StaticMember(config.instanceId().get(), topology);
    try (Admin admin = Admin.create(adminSettings(config))) {
      member.removeFormer(admin, config.applicationId());
    }
    return StreamsSettings.of(config, member);
  }

  private static Application watched(
      IndexerConfig config, KafkaStreams streams, RestoredRecords restored) {
    Topics topics = config.topics();
    Set<TopicPartition> inputs = new HashSet<>();
    for (Topic<?, ?> topic :
        List.<Topic<?, ?>>of(
            topics.hostInventory(),
            topics.hostCapacity(),
            topics.keys(),
            topics.census(),
            topics.profiles(),
            topics.probers(),
            topics.probeResults(),
            topics.overrides())) {
      for (int partition = 0; partition < topic.partitions(); partition++) {
        inputs.add(new TopicPartition(topic.name(), partition));
      }
    }
    return new Application(
        config.applicationId(),
        adminSettings(config),
        inputs,
        topics.all().stream().<String>map(Topic::name).toList(),
        streams::state,
        () -> assigned(streams),
        restored::sum);
  }

  private static Set<TopicPartition> assigned(KafkaStreams streams) {
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> thread.activeTasks().stream())
        .flatMap(task -> task.topicPartitions().stream())
        .collect(Collectors.toSet());
  }

  /** True where it runs, has its partitions with their state, and gets on with them. */
  public boolean isReady() {
    return obstacle().isEmpty();
  }

  /** The reason why it is not ready; empty where it is. */
  public Optional<String> obstacle() {
    return topics.flatMap(TopicsWatch::obstacle).or(watchdog::stall).or(this::notRunning);
  }

  private Optional<String> notRunning() {
    KafkaStreams.State state = streams.state();
    if (faults.isPausing()) {
      return Optional.of("a thread of it died and waits to be started again");
    }
    return state == KafkaStreams.State.RUNNING
        ? Optional.empty()
        : Optional.of("the indexer is " + state + ", not yet RUNNING");
  }

  /** True where a fault has stopped it for good. */
  public boolean hasFailed() {
    return ended
        || streams.state() == KafkaStreams.State.ERROR
        || streams.state() == KafkaStreams.State.PENDING_ERROR;
  }

  /** True where all its threads have ended: another may use its directory. */
  public boolean isStopped() {
    return streams.state().hasCompletedShutdown();
  }

  public KafkaStreams.State state() {
    return streams.state();
  }

  /** Waits until it has stopped: closed, or by a fault; then {@link #state()} is ERROR. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  /**
   * Its topics are others: it stops, and leaves the group, which would give another the partitions
   * as before and not make the changelogs again.
   */
  private void end(String reason) {
    LOG.error("the indexer stops: {}", reason);
    ended = true;
    faults.close();
    stop(
        CloseOptions.timeout(END_WITHIN)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  /** Stops the threads; those that do not stop in time are interrupted. */
  private void stop(CloseOptions options) {
    Set<String> threads =
        streams.metadataForLocalThreads().stream()
            .map(ThreadMetadata::threadName)
            .collect(Collectors.toSet());
    boolean stopped = streams.close(options);
    for (int i = 0; !stopped && i < MOST_INTERRUPTS; i++) {
      LOG.warn("threads of the indexer wait for Kafka in vain: they are interrupted");
      interrupt(threads);
      stopped = streams.close(END_WITHIN);
    }
    if (!stopped) {
      LOG.warn("the indexer's threads did not stop");
    }
  }

  /** A producer waits for ever for a topic or a broker that is gone, and its thread for it. */
  private static void interrupt(Set<String> threads) {
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> threads.contains(thread.getName()))
        .forEach(DyingThreads::interrupt);
  }

  /** Commits what is done and stops. */
  @Override
  public void close() {
    topics.ifPresent(TopicsWatch::close);
    rules.close();
    alerts.close();
    watchdog.close();
    faults.close();
    streamsMetrics.ifPresent(
        KafkaStreamsMetrics::close); // first: they ask stores, from a thread of their own
    stop(
        CloseOptions.timeout(CLOSE_WITHIN)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
  }

  private static Map<String, Object> adminSettings(IndexerConfig config) {
    Map<String, Object> settings = new HashMap<>(config.kafka().all());
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return settings;
  }
}
