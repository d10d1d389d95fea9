package io.fleetcompat.indexer.judge;

import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.IndexerMetrics;
import io.fleetcompat.indexer.Rejection;
import io.fleetcompat.indexer.store.CensusKey;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.Census;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The census → profile numbers and the matrix. There is one task of this. One stream thread.
 *
 * <p>A new profile gets its number when it arrives and is judged in the next tick; its row, which
 * no other profile changes later, is written before the generation that says so.
 */
public final class JudgeProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  private static final Duration JUDGE_TICK = Duration.ofMillis(10);
  private static final Duration GC_TICK = Duration.ofSeconds(1);

  private final JudgeNodes nodes;
  private final JudgeRules rules;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final List<IndexerMetrics.Registration> gauges = new ArrayList<>();
  private @Nullable Task task;

  /** There while something is to be judged, and not else: every tick makes Streams commit. */
  private @Nullable Cancellable ticking;

  /** What there is while the task runs; made anew by every init, since tasks are revived. */
  private record Task(
      ProcessorContext<byte[], byte[]> context,
      JudgeStores stores,
      Living living,
      Judging judging) {}

  public JudgeProcessor(JudgeNodes nodes, JudgeRules rules, IndexerMetrics metrics) {
    this.nodes = nodes;
    this.rules = rules;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    close();
    JudgeStores stores = new JudgeStores(context, nodes);
    Living living = new Living();
    Judging judging = new Judging(rules, stores, new Output(context, nodes), metrics);
    stores.forEachCensusKey(living::present);
    judging.load(living, context.currentSystemTimeMs());
    task = new Task(context, stores, living, judging);
    context.schedule(GC_TICK, PunctuationType.WALL_CLOCK_TIME, this::collect);
    tickIfNeeded();
    gauges.add(metrics.gauge("profiles", "state", "known", judging::profiles));
    gauges.add(metrics.gauge("profiles", "state", "refused", judging::refused));
    gauges.add(metrics.gauge("generation", "state", "published", judging::generation));
  }

  private void tickIfNeeded() {
    if (ticking == null && !task().judging().isDone()) {
      ticking =
          task().context().schedule(JUDGE_TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
    }
  }

  private void tick() {
    task().judging().tick();
    if (task().judging().isDone()) {
      stopTicking();
    }
  }

  private void stopTicking() {
    if (ticking != null) {
      ticking.cancel();
      ticking = null;
    }
  }

  private void collect(long now) {
    task().judging().collect(task().living(), now);
    tickIfNeeded();
  }

  @Override
  public void close() {
    stopTicking();
    gauges.forEach(IndexerMetrics.Registration::close);
    gauges.clear();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = task().context().recordMetadata().orElseThrow();
    metrics.received(from.topic());
    long now = task().context().currentSystemTimeMs();
    try {
      CensusKey key = key(record.key());
      if (record.value() == null) {
        task().stores().removeCensus(key);
        task().living().absent(key, now);
      } else {
        present(key, record.value(), record.timestamp());
      }
    } catch (BadRecordException e) {
      task().context().forward(rejection.of(record, from, e, now), nodes.rejected());
    }
  }

  private void present(CensusKey key, byte[] value, long timestamp) throws BadRecordException {
    Census census = Codecs.CENSUS.decode(value);
    Fingerprint fingerprint = Fingerprint.of(census.getFingerprint().bytes());
    if (!key.equals(new CensusKey(census.getPartition(), fingerprint))) {
      throw new BadRecordException(
          Code.INVALID, "a census record of " + key + ", as its key says", fingerprint.toString());
    }
    task().judging().admit(fingerprint, census.getCanonical(), timestamp);
    task().stores().putCensus(key, value);
    task().living().present(key);
    tickIfNeeded();
  }

  private static CensusKey key(byte @Nullable [] key) throws BadRecordException {
    String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
    return CensusKey.parse(text)
        .orElseThrow(
            () -> new BadRecordException(Code.INVALID, "a key partition/fingerprint", text));
  }

  private Task task() {
    if (task == null) {
      throw new IllegalStateException("init comes first");
    }
    return task;
  }
}
