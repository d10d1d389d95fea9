package io.fleetcompat.query;

import io.fleetcompat.query.alert.AlertBoard;
import io.fleetcompat.query.alert.Alertmanagers;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.follow.ClusterTopicIds;
import io.fleetcompat.query.history.History;
import io.fleetcompat.query.history.HistoryStore;
import io.fleetcompat.query.http.HttpApi;
import io.fleetcompat.query.lookup.HeardSightings;
import io.fleetcompat.query.lookup.PairVerdicts;
import io.fleetcompat.query.lookup.Sightings;
import io.fleetcompat.query.outcome.OutcomeBoard;
import io.fleetcompat.query.outcome.OutcomeSender;
import io.fleetcompat.query.past.PastSnapshots;
import io.fleetcompat.query.replica.IndexFollower;
import io.fleetcompat.query.replica.IndexView;
import io.fleetcompat.query.replica.Replica;
import io.fleetcompat.query.replica.ReplicaHealth;
import io.fleetcompat.query.watch.ChangeFeed;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query process: it follows the index and answers from its replica. Any thread. */
public final class QueryServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);

  private static final String ALERTS_CLIENT = "fleetcompat-alerts";
  private static final String INDEX_CLIENT = "fleetcompat-query";
  private static final String WATCH_CLIENT = "fleetcompat-watch";
  private static final String HISTORY_CLIENT = "fleetcompat-history";
  private static final String OUTCOMES_CLIENT = "fleetcompat-outcomes";
  private static final int OUTCOME_DELIVERY_MILLIS = 10_000;
  private static final int METRICS_RULES = 500;
  private static final int OUTCOMES_BUFFER_BYTES = 16 << 20;

  private final Replica replica;
  private final IndexFollower follower;
  private final HttpApi api;
  private final ListeningProbe probe;
  private final Supplier<Optional<String>> alertsEnd;

  /** All that is to be closed, in that order. */
  private final List<Runnable> parts;

  private QueryServer(
      Replica replica,
      IndexFollower follower,
      HttpApi api,
      ListeningProbe probe,
      Supplier<Optional<String>> alertsEnd,
      List<Runnable> parts) {
    this.replica = replica;
    this.follower = follower;
    this.api = api;
    this.probe = probe;
    this.alertsEnd = alertsEnd;
    this.parts = parts;
  }

  /**
   * Starts following and listening; {@link #isReady()} says when the index was read.
   *
   * @throws UncheckedIOException if it cannot listen where it shall
   */
  public static QueryServer start(QueryConfig config) {
    return start(config, () -> true);
  }

  /**
   * Starts for a caller that fills the index itself.
   *
   * @param filled whether {@code /health/ready} may say so: until then the index is known to be
   *     incomplete
   */
  public static QueryServer start(QueryConfig config, BooleanSupplier filled) {
    Clock clock = Clock.systemUTC();
    Replica replica = new Replica(IndexView.empty());
    Sightings sightings =
        new HeardSightings(
            replica.lastSeen(),
            config.liveness().staleAfter(),
            config.liveness().lostAfter(),
            clock);
    PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Topics topics = new Topics(config.topicPrefix(), Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
    Optional<History> history = history(config, topics, clock);
    IndexFollower follower =
        new IndexFollower(
            new KafkaConsumer<>(consumerProperties(config, INDEX_CLIENT)),
            new ClusterTopicIds(() -> Admin.create(adminProperties(config, INDEX_CLIENT))),
            topics,
            replica,
            clock);
    Optional<ChangeFeed> feed = feed(config, topics, clock);
    AlertBoard board = board(config, topics, clock);
    OutcomeBoard outcomes = outcomes(config, topics, clock);
    OutcomeSender sender =
        new OutcomeSender(topics.outcomes(), () -> new KafkaProducer<>(producerProperties(config)));
    Optional<Alertmanagers> alertmanagers =
        Optional.of(config.alertmanager())
            .filter(told -> !told.members().isEmpty())
            .map(told -> new Alertmanagers(told, board, metrics, clock));
    Deque<Runnable> parts = new ArrayDeque<>();
    alertmanagers.ifPresent(told -> parts.add(told::close));
    parts.add(board::close);
    parts.add(outcomes::close);
    parts.add(sender::close);
    parts.add(follower::close);
    feed.ifPresent(of -> parts.add(of::close));
    history.ifPresent(of -> parts.add(of::close));
    parts.add(metrics::close);
    ReplicaHealth health = ReplicaHealth.of(replica, follower, filled);
    FunctionCounter.builder(
            "fleetcompat.query.alert.records.rejected", board, b -> b.rejected().count())
        .description("Alerts that could not be read")
        .register(metrics);
    FunctionCounter.builder(
            "fleetcompat.query.outcome.records.rejected", outcomes, o -> o.rejected().count())
        .description("Outcomes of migrations that could not be read")
        .register(metrics);
    metrics.getPrometheusRegistry().register(new PoolMetrics(replica, config.metricsPools()));
    metrics.getPrometheusRegistry().register(new OutcomeMetrics(outcomes, METRICS_RULES));
    new ReplicaMetrics(replica, follower, verdicts, clock).bindTo(metrics);
    history.ifPresent(kept -> new HistoryMetrics(kept, clock).bindTo(metrics));
    feed.ifPresent(of -> new WatchMetrics(of, clock).bindTo(metrics));
    follower.start();
    feed.ifPresent(ChangeFeed::start);
    history.ifPresent(History::start);
    board.start();
    outcomes.start();
    alertmanagers.ifPresent(Alertmanagers::start);
    HttpApi.Parts source =
        new HttpApi.Parts(
            replica,
            sightings,
            verdicts,
            metrics,
            health,
            follower.rejected(),
            history,
            history.map(kept -> new PastSnapshots(replica, kept, topics, clock)),
            feed.map(of -> new HttpApi.Watched(of, follower::awaitCurrent)),
            Optional.of(new HttpApi.Alerting(board, alertmanagers)),
            Optional.of(
                new HttpApi.Outcomes(
                    outcomes,
                    Optional.of(sender).filter(_ -> config.acceptOutcomes()),
                    () -> UUID.randomUUID().toString())),
            config.replicaStaleAfter(),
            clock);
    boolean listens = false;
    try {
      HttpApi api = HttpApi.start(config.bindAddress(), config.port(), config.http(), source);
      listens = true;
      LOG.info("query API listens on {}:{}", config.bindAddress(), api.port());
      ListeningProbe probe = new ListeningProbe(config.bindAddress(), api.port());
      parts.addFirst(api::close);
      return new QueryServer(
          replica,
          follower,
          api,
          probe,
          () -> board.ended().or(() -> alertmanagers.flatMap(Alertmanagers::ended)),
          List.copyOf(parts));
    } finally {
      if (!listens) {
        closeAll(List.copyOf(parts));
      }
    }
  }

  /** Opened before anything else is: where that cannot be, nothing is half started. */
  private static Optional<History> history(QueryConfig config, Topics topics, Clock clock) {
    return config
        .historyDirectory()
        .map(directory -> HistoryStore.open(directory, config.history()))
        .map(
            store ->
                new History(
                    store,
                    new KafkaConsumer<>(consumerProperties(config, HISTORY_CLIENT)),
                    new ClusterTopicIds(
                        () -> Admin.create(adminProperties(config, HISTORY_CLIENT))),
                    topics,
                    clock));
  }

  /** None where nobody may watch: then nothing is read for it. */
  private static Optional<ChangeFeed> feed(QueryConfig config, Topics topics, Clock clock) {
    return config.http().maxWatchers() == 0
        ? Optional.empty()
        : Optional.of(
            new ChangeFeed(
                config.watch(),
                new KafkaConsumer<>(consumerProperties(config, WATCH_CLIENT)),
                new ClusterTopicIds(() -> Admin.create(adminProperties(config, WATCH_CLIENT))),
                topics,
                clock));
  }

  private static AlertBoard board(QueryConfig config, Topics topics, Clock clock) {
    return new AlertBoard(
        new KafkaConsumer<>(consumerProperties(config, ALERTS_CLIENT)),
        new ClusterTopicIds(() -> Admin.create(adminProperties(config, ALERTS_CLIENT))),
        topics,
        clock);
  }

  private static OutcomeBoard outcomes(QueryConfig config, Topics topics, Clock clock) {
    return new OutcomeBoard(
        new KafkaConsumer<>(consumerProperties(config, OUTCOMES_CLIENT)),
        new ClusterTopicIds(() -> Admin.create(adminProperties(config, OUTCOMES_CLIENT))),
        topics,
        clock);
  }

  /** The port it listens on. */
  public int port() {
    return api.port();
  }

  /** True where all that was in the index at the start has been read. */
  public boolean isReady() {
    return replica.snapshot().ready();
  }

  /**
   * True where a thread is gone without which it can do nothing, so that it must be started again:
   * the log then says why. To be asked about once a second by whoever started it, on one thread.
   */
  public boolean hasFailed() {
    Optional<String> failure = follower.ended().or(alertsEnd).or(probe::lost);
    failure.ifPresent(reason -> LOG.error("the query API cannot go on: {}", reason));
    return failure.isPresent();
  }

  @Override
  public void close() {
    closeAll(parts);
  }

  /** Whatever one of them throws, the others are closed, too. */
  private static void closeAll(List<Runnable> parts) {
    if (!parts.isEmpty()) {
      try {
        parts.getFirst().run();
      } finally {
        closeAll(parts.subList(1, parts.size()));
      }
    }
  }

  private static Map<String, Object> adminProperties(QueryConfig config, String client) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, client);
    properties.putAll(config.kafka().all());
    properties
        .keySet()
        .removeIf(
            name ->
                ConsumerConfig.configNames().contains(name)
                    && !AdminClientConfig.configNames().contains(name));
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return properties;
  }

  /** A caller waits: what Kafka does not take soon is told again by who reports it. */
  private static Map<String, Object> producerProperties(QueryConfig config) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, OUTCOMES_CLIENT);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, OUTCOMES_BUFFER_BYTES);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Limits.RECORD_BYTES);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    properties.putAll(config.kafka().all());
    properties
        .keySet()
        .removeIf(
            name ->
                ConsumerConfig.configNames().contains(name)
                    && !ProducerConfig.configNames().contains(name));
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.putIfAbsent(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, deliveryMillis(new ProducerConfig(properties)));
    return properties;
  }

  /** Kafka refuses less than one attempt and the time that a record waits for others. */
  private static int deliveryMillis(ProducerConfig config) {
    long least =
        config.getInt(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG)
            + config.getLong(ProducerConfig.LINGER_MS_CONFIG);
    return Math.clamp(least, OUTCOME_DELIVERY_MILLIS, Integer.MAX_VALUE);
  }

  private static Map<String, Object> consumerProperties(QueryConfig config, String client) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
    properties.putAll(config.kafka().all());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none"); // then it begins again
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false"); // the indexer's
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return properties;
  }
}
