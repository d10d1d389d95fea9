package io.fleetcompat.query;

import io.fleetcompat.query.alert.AlertBoard;
import io.fleetcompat.query.alert.Alertmanagers;
import io.fleetcompat.query.answer.WrittenVerdict;
import io.fleetcompat.query.clock.FleetClock;
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
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.settings.SteadyClock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
  private static final int METRICS_RULES = 500;

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
    return start(config, () -> true, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /**
   * Starts for a caller that fills the index itself.
   *
   * @param filled whether {@code /health/ready} may say so: until then the index is known to be
   *     incomplete
   * @param metrics what {@code /metrics} shows: it has the API's, too, from now on; closed with it
   */
  public static QueryServer start(
      QueryConfig config, BooleanSupplier filled, PrometheusMeterRegistry metrics) {
    FleetClock clock = new FleetClock(SteadyClock.start());
    Replica replica = new Replica(IndexView.empty());
    Sightings sightings =
        new HeardSightings(
            replica.lastSeen(),
            config.liveness().staleAfter(),
            config.liveness().lostAfter(),
            clock);
    PairVerdicts<WrittenVerdict> verdicts = new PairVerdicts<>(WrittenVerdict.FORM);
    Topics topics = new Topics(config.topicPrefix(), Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
    KafkaClients clients = new KafkaClients(config.bootstrapServers(), config.kafka());
    Optional<History> history = history(config, clients, topics, clock);
    IndexFollower follower =
        new IndexFollower(
            clients.consumer(INDEX_CLIENT),
            clients.topicIds(INDEX_CLIENT),
            topics,
            replica,
            clock,
            config.key(),
            ReplicaMetrics.visible(metrics));
    Optional<ChangeFeed> feed = feed(config, clients, topics, clock);
    AlertBoard board = board(clients, topics, clock);
    OutcomeBoard outcomes = outcomes(clients, topics, clock);
    OutcomeSender sender =
        new OutcomeSender(topics.outcomes(), () -> clients.producer(OUTCOMES_CLIENT));
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
            clock,
            clock::wallAhead);
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
  private static Optional<History> history(
      QueryConfig config, KafkaClients clients, Topics topics, Clock clock) {
    return config
        .historyDirectory()
        .map(directory -> HistoryStore.open(directory, config.history()))
        .map(
            store ->
                new History(
                    store,
                    clients.consumer(HISTORY_CLIENT),
                    clients.topicIds(HISTORY_CLIENT),
                    topics,
                    clock));
  }

  /** None where nobody may watch: then nothing is read for it. */
  private static Optional<ChangeFeed> feed(
      QueryConfig config, KafkaClients clients, Topics topics, Clock clock) {
    return config.http().maxWatchers() == 0
        ? Optional.empty()
        : Optional.of(
            new ChangeFeed(
                config.watch(),
                clients.consumer(WATCH_CLIENT),
                clients.topicIds(WATCH_CLIENT),
                topics,
                clock));
  }

  private static AlertBoard board(KafkaClients clients, Topics topics, Clock clock) {
    return new AlertBoard(
        clients.consumer(ALERTS_CLIENT), clients.topicIds(ALERTS_CLIENT), topics, clock);
  }

  private static OutcomeBoard outcomes(KafkaClients clients, Topics topics, Clock clock) {
    return new OutcomeBoard(
        clients.consumer(OUTCOMES_CLIENT), clients.topicIds(OUTCOMES_CLIENT), topics, clock);
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
}
