package io.fleetcompat.indexer.override;

import io.fleetcompat.compatibility.judge.OverridableRules;
import io.fleetcompat.indexer.report.IndexerMetrics;
import io.fleetcompat.indexer.report.RecordGuard;
import io.fleetcompat.indexer.report.Rejection;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.BadRecordException.Code;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.OverrideRecord;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The way of overrides that cannot be used to where such records are kept. Whoever answers reads
 * the topic itself: nothing else is made of a record here. One stream thread.
 */
public final class OverrideProcessor implements Processor<byte[], byte[], byte[], byte[]> {

  /** Sink of what could not be used. */
  public static final String REJECTED = "rejected-overrides";

  private final Topic<String, OverrideRecord> topic;
  private final IndexerMetrics metrics;
  private final Rejection rejection;
  private final RecordGuard guard = new RecordGuard();
  private @Nullable ProcessorContext<byte[], byte[]> running;

  public OverrideProcessor(Topic<String, OverrideRecord> topic, IndexerMetrics metrics) {
    this.topic = topic;
    this.metrics = metrics;
    this.rejection = new Rejection(metrics);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    running = context;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (running == null) {
      throw new IllegalStateException("init comes first");
    }
    RecordMetadata from = running.recordMetadata().orElseThrow();
    metrics.received(from.topic());
    try {
      requireUsable(guard.run(() -> read(record)));
    } catch (BadRecordException e) {
      running.forward(rejection.of(record, from, e, running.currentSystemTimeMs()), REJECTED);
    }
  }

  private Optional<OverrideRecord> read(Record<byte[], byte[]> record) throws BadRecordException {
    return topic.decode(topic.keys().decode(record.key()), record.value());
  }

  private static void requireUsable(Optional<OverrideRecord> override) throws BadRecordException {
    if (override.isPresent() && !OverridableRules.isSpelledSo(override.get().getRule())) {
      throw new BadRecordException(
          Code.INVALID, OverridableRules.spelling(), override.get().getRule());
    }
  }
}
