package io.fleetcompat.indexer.judge;

import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.reread.NewestRecords;
import io.fleetcompat.indexer.reread.WantedAgain;
import io.fleetcompat.indexer.store.UnreadableEntries;
import io.fleetcompat.indexer.tick.Ticks;
import io.fleetcompat.indexer.told.Comparing;
import io.fleetcompat.indexer.told.TopicAudits;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.Topics;
import io.fleetcompat.schemas.avro.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The way from the census to profile numbers and the matrix. There is one task of this. One stream
 * thread.
 *
 * <p>A new profile gets its number when it arrives and is judged in the next tick; its row, which
 * no other profile changes later, is written before the generation that says so.
 */
public final class JudgeProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Duration JUDGE_TICK = Duration.ofMillis(10);
  private static final Duration WAKE = Duration.ofSeconds(1);

  private final Topics topics;
  private final NewestRecords newest;
  private final Comparing comparing;
  private final JudgeOptions options;
  private final WantedRules wanted;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final RecordGuard guard = new RecordGuard();
  private final Ticks ticks = new Ticks(JUDGE_TICK);
  private final Ticks wakes = new Ticks(WAKE);
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Running running;

  /**
   * The parts that are there while the task runs; made anew by every init, since tasks are revived.
   */
  private record Running(
      ProcessorContext<byte[], byte[]> context,
      JudgeTask task,
      UnreadableEntries unreadable,
      WantedAgain lost,
      TopicAudits audits) {}

  /**
   * Made for one task.
   *
   * @param newest reads the census again where what was kept of it is lost
   * @param comparing of the topics that this tells
   */
  public JudgeProcessor(
      Topics topics,
      NewestRecords newest,
      Comparing comparing,
      JudgeOptions options,
      WantedRules wanted,
      IndexerMetrics metrics) {
    this.topics = topics;
    this.newest = newest;
    this.comparing = comparing;
    this.options = options;
    this.wanted = wanted;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    WantedAgain lost = new WantedAgain(newest, context.taskId().partition());
    UnreadableEntries unreadable = new UnreadableEntries(context, JudgeNodes.REJECTED, rejection);
    JudgeTask task =
        JudgeTask.load(
            options,
            wanted,
            unreadable,
            key -> lost.add(topics.census().name(), RecordKeys.CENSUS.encode(key)),
            context,
            metrics,
            context.currentSystemTimeMs());
    TopicAudits audits = new TopicAudits(comparing, context, metrics);
    task.compareWith(audits, topics);
    running = new Running(context, task, unreadable, lost, audits);
    wakes.restart(context, this::collect);
    tickIfNeeded();
    gauges.add(metrics.gauge("profiles", "state", "known", task::profiles));
    gauges.add(metrics.gauge("profiles", "state", "refused", task::refused));
    gauges.add(metrics.gauge("generation", "state", "published", task::generation));
    gauges.add(metrics.gauge("rules", "state", "kept", task::ruleSets));
  }

  private void tickIfNeeded() {
    if (!task().isDone()) {
      ticks.start(context(), this::tick);
    }
  }

  private void tick(long now) {
    task().tick(now);
    if (task().isDone()) {
      ticks.stop();
    }
  }

  private void collect(long now) {
    running().unreadable().sweep(now);
    running().lost().tick(now, this::take);
    task().collect(now);
    if (running().unreadable().isEmpty() && running().lost().isEmpty()) {
      running().audits().tick(now);
    }
    tickIfNeeded();
  }

  @Override
  public void close() {
    wakes.stop();
    ticks.stop();
    if (running != null) {
      running.lost().close();
      running.audits().close();
    }
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
    running().lost().came(from.topic(), record.key());
    take(record, from);
  }

  private void take(Record<byte[], byte[]> record, RecordMetadata from) {
    long now = context().currentSystemTimeMs();
    try {
      CensusKey key = RecordKeys.CENSUS.decode(record.key());
      if (record.value() == null) {
        task().absent(key, now);
      } else {
        Census census = guard.run(() -> census(key, record.value()));
        task().present(key, census, record.value(), record.timestamp());
        tickIfNeeded();
      }
    } catch (BadRecordException e) {
      context().forward(rejection.of(record, from, e, now), JudgeNodes.REJECTED);
    }
  }

  private static Census census(CensusKey key, byte[] value) throws BadRecordException {
    Census census = Codecs.CENSUS.decode(value);
    CensusRecords.require(key, census);
    return census;
  }

  private ProcessorContext<byte[], byte[]> context() {
    return running().context();
  }

  private JudgeTask task() {
    return running().task();
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("init comes first");
    }
    return running;
  }
}
