package io.fleetcompat.indexer.report;

import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Rejected;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rejection of records that cannot be used: each is counted, logged within a rate, and kept in
 * the topic {@code rejected}; then everything goes on. One per task, one stream thread.
 */
public final class Rejection {

  /** Most bytes of a key or value that are kept. */
  static final int MAX_KEPT_BYTES = 65536;

  /** Most log lines a second; the rest are counted in the next line. */
  private static final int MAX_LINES_PER_SECOND = 5;

  private static final long UNKNOWN_OFFSET = -1;

  private static final Logger LOG = LoggerFactory.getLogger(Rejection.class);

  private final IndexerMetrics metrics;
  private long second;
  private int lines;
  private long silenced;

  public Rejection(IndexerMetrics metrics) {
    this.metrics = metrics;
  }

  /** The record for the topic {@code rejected}. */
  public Record<byte[], byte[]> of(
      Record<byte[], byte[]> record, RecordMetadata from, BadRecordException why, long now) {
    Source source = new Source(from.topic(), from.partition(), from.offset());
    return of(source, record.key(), record.value(), why, now);
  }

  /** The same of an entry of a store; nobody knows at which offset of its changelog it stands. */
  public Record<byte[], byte[]> ofChangelog(
      String changelog, int partition, byte[] key, byte[] value, BadRecordException why, long now) {
    return of(new Source(changelog, partition, UNKNOWN_OFFSET), key, value, why, now);
  }

  private record Source(String topic, int partition, long offset) {}

  private Record<byte[], byte[]> of(
      Source from,
      byte @Nullable [] key,
      byte @Nullable [] value,
      BadRecordException why,
      long now) {
    metrics.rejected(why.code());
    log(from, why, now);
    Rejected rejected =
        new Rejected(
            from.topic(),
            from.partition(),
            from.offset(),
            why.code().toString(),
            why.expected(),
            why.found(),
            Instant.ofEpochMilli(now),
            kept(key),
            kept(value));
    String place = RecordKeys.rejected(from.topic(), from.partition(), from.offset());
    return new Record<>(RecordKeys.REJECTED.encode(place), Codecs.REJECTED.encode(rejected), now);
  }

  private static @Nullable ByteBuffer kept(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, MAX_KEPT_BYTES));
  }

  private void log(Source from, BadRecordException why, long now) {
    if (now / 1000 != second) {
      second = now / 1000;
      lines = 0;
    }
    if (lines++ >= MAX_LINES_PER_SECOND) {
      silenced++;
      return;
    }
    LOG.warn(
        "rejected {}-{}@{}: {} ({} lines like this left out)",
        from.topic(),
        from.partition(),
        from.offset(),
        why.getMessage(),
        silenced);
    silenced = 0;
  }
}
