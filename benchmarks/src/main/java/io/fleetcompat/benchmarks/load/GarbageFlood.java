package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.Limits;
import io.fleetcompat.schemas.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The memory of an indexer and of a replica while somebody fills every topic that they read with
 * records that nobody can use: the largest that Kafka takes, and then very many small ones.
 */
public final class GarbageFlood {

  /** The part of its heap that a process may have resident beyond it. */
  private static final double BEYOND = 1.25;

  private static final int LARGE = 24;
  private static final int SMALL = 20_000;
  private static final int SMALL_BYTES = 200;

  /** The bytes that Kafka itself adds to a record of the largest value. */
  private static final int OVERHEAD = 64 << 10;

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();

  private static final List<Topic<?, ?>> TOPICS =
      List.of(
          Stack.TOPICS.hostInventory(),
          Stack.TOPICS.hostCapacity(),
          Stack.TOPICS.keys(),
          Stack.TOPICS.placements(),
          Stack.TOPICS.profiles(),
          Stack.TOPICS.matrix(),
          Stack.TOPICS.overrides(),
          Stack.TOPICS.probers(),
          Stack.TOPICS.probeResults(),
          Stack.TOPICS.poolHealth(),
          Stack.TOPICS.changes());

  private GarbageFlood() {}

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table table =
        new Table("process", "heap MiB", "bound MiB", "peak MiB resident", "peak / bound", "live");
    try (Replica replica = stack.replicaWithHistory()) {
      replica.awaitHosts(fleet.hosts());
      long begin = System.nanoTime();
      flood(stack, LARGE, Limits.RECORD_BYTES - OVERHEAD);
      flood(stack, SMALL, SMALL_BYTES);
      awaitQuiet(stack);
      replica.awaitHosts(fleet.hosts());
      report.say(
          "%d records, %d MiB, to each of %d topics; all read %.0f s after the first was sent; the"
              + " replica has rejected %d, and knows %d hosts.%n",
          LARGE + SMALL,
          ((long) LARGE * Limits.RECORD_BYTES + (long) SMALL * SMALL_BYTES) >> 20,
          TOPICS.size(),
          (System.nanoTime() - begin) / 1e9,
          replica.status("rejectedRecords"),
          replica.status("hosts"));
      stack.indexer().requireAlive();
      row(table, "indexer", Stack.INDEXER_HEAP_MIB, stack.indexer().memory());
      row(table, "replica with a history", Stack.REPLICA_HEAP_MIB, replica.child().memory());
    }
    report.table(table);
  }

  private static void row(Table table, String what, int heap, MeasuredProcess.Memory memory) {
    double bound = heap * BEYOND;
    table.row(what, heap, bound, memory.peak(), memory.peak() / bound, memory.liveHeap());
  }

  /** A seed each: garbage that is no other garbage, and cannot be compressed. */
  private static void flood(Stack stack, int records, int bytes) {
    Random random = new Random(bytes);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "max.request.size",
                String.valueOf(Limits.RECORD_BYTES + OVERHEAD),
                "linger.ms",
                "20"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        byte[] key = ("host-" + i % SyntheticFleet.MODELS).getBytes(StandardCharsets.UTF_8);
        for (Topic<?, ?> topic : TOPICS) {
          Future<RecordMetadata> _ = producer.send(new ProducerRecord<>(topic.name(), key, value));
        }
      }
      producer.flush();
    }
  }

  /** Waits until the indexer has rejected nothing more for a while. */
  private static void awaitQuiet(Stack stack) throws IOException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        PlainConsume.consumer(stack, List.of(Stack.TOPICS.rejected()), false)) {
      List<TopicPartition> partitions = List.copyOf(consumer.assignment());
      long[] last = {-1, System.nanoTime()};
      Stack.await(
          "the indexer has read all",
          PAUSE,
          () -> {
            stack.indexer().requireAlive();
            long end =
                consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
            if (end != last[0]) {
              last[0] = end;
              last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > QUIET_NANOS;
          });
    }
  }
}
