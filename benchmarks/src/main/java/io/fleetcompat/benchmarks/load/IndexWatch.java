package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.MatrixKey;
import io.fleetcompat.schemas.RecordKeys;
import io.fleetcompat.schemas.avro.Placement;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The commits of an indexer from now on, as they come. One thread. */
final class IndexWatch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Long> sequences = new HashMap<>();
  private int generation;

  IndexWatch(Stack stack) {
    this.consumer =
        PlainConsume.consumer(
            stack, List.of(Stack.TOPICS.placements(), Stack.TOPICS.matrix()), false);
  }

  /** Waits until all of them are placed and judged. */
  void await(Stack stack, Markers markers) throws IOException, InterruptedException {
    Stack.await(
        "every partition works again",
        Duration.ZERO,
        () -> {
          stack.indexer().requireAlive();
          take();
          return generation >= markers.generation()
              && sequences.entrySet().containsAll(markers.sequences().entrySet());
        });
  }

  private void take() throws IOException {
    try {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.topic().equals(Stack.TOPICS.placements().name())) {
          Placement placement = Codecs.PLACEMENT.decode(record.value());
          sequences.put(placement.getHost(), placement.getSequence());
        } else if (RecordKeys.MATRIX.decode(record.key()) instanceof MatrixKey.Generation) {
          generation = Codecs.MATRIX_GENERATION.decode(record.value()).getGeneration();
        }
      }
    } catch (BadRecordException e) {
      throw new IOException("expected an index that can be read", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
