package io.fleetcompat.indexer.watch;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** The number of records from which state was restored, since the start. Threads: any. */
public final class RestoredRecords implements StateRestoreListener {

  private final LongAdder restored = new LongAdder();

  public long sum() {
    return restored.sum();
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    // Progress is what counts, and this is none.
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long end, long records) {
    restored.add(records);
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    // The last batch has been counted.
  }
}
