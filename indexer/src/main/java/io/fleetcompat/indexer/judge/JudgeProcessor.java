package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.indexer.tick.WorkTicks;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.CensusKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Census;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
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
  private static final Duration GC_TICK = Duration.ofSeconds(1);

  private final JudgeOptions options;
  private final WantedRules wanted;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final RecordGuard guard = new RecordGuard();
  private final WorkTicks ticks = new WorkTicks(JUDGE_TICK);
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Running running;

  /**
   * The parts that are there while the task runs; made anew by every init, since tasks are revived.
   */
  private record Running(ProcessorContext<byte[], byte[]> context, JudgeTask task) {}

  public JudgeProcessor(JudgeOptions options, WantedRules wanted, IndexerMetrics metrics) {
    this.options = options;
    this.wanted = wanted;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    JudgeTask task =
        JudgeTask.load(
            options,
            wanted,
            new JudgeStores(context),
            new JudgeSinks(context),
            metrics,
            context.currentSystemTimeMs());
    running = new Running(context, task);
    context.schedule(GC_TICK, PunctuationType.WALL_CLOCK_TIME, this::collect);
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
    task().collect(now);
    tickIfNeeded();
  }

  @Override
  public void close() {
    ticks.stop();
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
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
    Fingerprint fingerprint = Fingerprint.of(census.getFingerprint().bytes());
    CensusKey own = new CensusKey(census.getPartition(), fingerprint.toString());
    if (!key.equals(own)) {
      throw new BadRecordException(
          Code.INVALID, "a census record of " + key + ", as its key says", own.toString());
    }
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
