package io.fleetcompat.indexer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's timestamp, whatever it is: nothing is decided by it, so a missing one is the epoch,
 * where Streams' own extractor would stop. Public for Streams, which makes it.
 */
public final class AnyTimestamp implements TimestampExtractor {

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp());
  }
}
