package io.fleetcompat.indexer.alert;

import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.reread.WantedAgain;
import io.fleetcompat.indexer.sink.TopicSink;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.tick.Ticks;
import io.fleetcompat.schemas.AlertKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.AlertState;
import io.fleetcompat.schemas.avro.PoolHealthRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The way from the health of pools to alerts (docs/alerts.md). There is one task of this. One
 * stream thread.
 */
public final class AlertProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** The time between two looks at what time alone changes. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final Topics topics;
  private final NewestRecords newest;
  private final WantedAlertRules rules;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final RecordGuard guard = new RecordGuard();
  private final Ticks wakes = new Ticks(TICK);
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Running running;

  /**
   * The parts that are there while the task runs; made anew by every init, since tasks are revived.
   */
  private record Running(
      ProcessorContext<byte[], byte[]> context,
      AlertTask task,
      UnreadableEntries unreadable,
      WantedAgain lost) {}

  /**
   * Made for one task.
   *
   * @param newest reads healths and alerts again where what was kept of them is lost
   */
  public AlertProcessor(
      Topics topics, NewestRecords newest, WantedAlertRules rules, IndexerMetrics metrics) {
    this.topics = topics;
    this.newest = newest;
    this.rules = rules;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    TopicSink<AlertKey> sink = new TopicSink<>(context, AlertNodes.ALERTS, RecordKeys.ALERT);
    WantedAgain lost = new WantedAgain(newest, context.taskId().partition());
    UnreadableEntries unreadable = new UnreadableEntries(context, AlertNodes.REJECTED, rejection);
    AlertStores stores =
        new AlertStores(
            context,
            unreadable,
            pool -> lost.add(topics.poolHealth().name(), RecordKeys.POOL.encode(pool)),
            key -> lost.add(topics.alerts().name(), RecordKeys.ALERT.encode(key)));
    AlertTask task = AlertTask.load(stores, sink, rules);
    running = new Running(context, task, unreadable, lost);
    wakes.restart(
        context,
        now -> {
          unreadable.sweep(now);
          lost.tick(now, this::take);
          if (unreadable.isEmpty() && lost.isEmpty()) {
            task.tick(now); // else it would tell of pools and alerts that are read again just now
          }
        });
    for (AlertState state : AlertState.values()) {
      String spelling = state.name().toLowerCase(Locale.ROOT);
      gauges.add(metrics.gauge("alerts", "state", spelling, () -> task.count(state)));
    }
  }

  @Override
  public void close() {
    wakes.stop();
    if (running != null) {
      running.lost().close();
    }
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = running().context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
    running().lost().came(from.topic(), record.key());
    take(record, from);
  }

  private void take(Record<byte[], byte[]> record, RecordMetadata from) {
    long now = running().context().currentSystemTimeMs();
    try {
      if (from.topic().equals(topics.alerts().name())) {
        AlertKey key = RecordKeys.ALERT.decode(record.key());
        running().task().restore(key, topics.alerts().decode(key, record.value()));
        return;
      }
      String pool = RecordKeys.POOL.decode(record.key());
      Optional<PoolHealthRecord> health = guard.run(() -> health(pool, record.value()));
      running().task().health(pool, health, now);
    } catch (BadRecordException e) {
      running().context().forward(rejection.of(record, from, e, now), AlertNodes.REJECTED);
    }
  }

  private Optional<PoolHealthRecord> health(String pool, byte @Nullable [] value)
      throws BadRecordException {
    Optional<PoolHealthRecord> health = topics.poolHealth().decode(pool, value);
    if (health.isPresent()) {
      AlertStores.requirePool(pool, health.get());
    }
    return health;
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes first");
    }
    return running;
  }
}
