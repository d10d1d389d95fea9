package io.fleetcompat.indexer.watch;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * One look at the inputs of an application.
 *
 * @param committed how far each partition is done; a partition of which nothing is done is absent
 * @param ends the end of each partition, whatever is committed there
 */
record Positions(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {

  Positions {
    committed = Map.copyOf(committed);
    ends = Map.copyOf(ends);
  }

  /** The first offset that is not done. */
  long next(TopicPartition partition) {
    return committed.getOrDefault(partition, 0L);
  }

  long end(TopicPartition partition) {
    return ends.getOrDefault(partition, 0L);
  }
}
