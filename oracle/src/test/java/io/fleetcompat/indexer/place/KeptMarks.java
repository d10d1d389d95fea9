package io.fleetcompat.indexer.place;

import org.apache.kafka.streams.processor.api.Processor;

/** The memory that an indexer's task needs for its hosts' marks. Stateless. */
public final class KeptMarks {

  private KeptMarks() {}

  /** The number of hosts of whose marks something is in memory; 0 for tasks that check none. */
  public static int count(Processor<?, ?, ?, ?> processor) {
    return processor instanceof PlaceProcessor place ? place.keptMarks() : 0;
  }
}
