package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.RecordKeys;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * One host after another goes to a release that nobody has, so that its endpoints are stranded:
 * from its document until the health of its pool is told, and what the indexer uses for it.
 */
public final class PoolChanges {

  private static final int CHANGES = 100;
  private static final Duration POLL = Duration.ofMillis(5);
  private static final Duration QUIET = Duration.ofSeconds(3);
  private static final Duration SETTLED = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private PoolChanges() {}

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            "hosts", "pools", "changes", "p50 ms", "p99 ms", "most ms", "indexer CPU ms each");
    try (KafkaConsumer<byte[], byte[]> told =
        PlainConsume.consumer(stack, List.of(Stack.TOPICS.poolHealth()), true)) {
      Set<String> pools = new HashSet<>();
      for (Set<String> some = next(told, QUIET); !some.isEmpty(); some = next(told, QUIET)) {
        pools.addAll(some);
      }
      double before = stack.indexer().cpuSeconds();
      List<Double> times = new ArrayList<>();
      for (int change = 0; change < CHANGES; change++) {
        times.add(change(stack, fleet, told, change));
      }
      Samples samples = new Samples(times);
      double used = stack.indexer().cpuSeconds() - before;
      table.row(
          fleet.hosts(),
          pools.size(),
          CHANGES,
          samples.percentile(50),
          samples.percentile(99),
          samples.most(),
          used * 1000 / CHANGES);
    }
    report.table(table);
  }

  private static double change(
      Stack stack, SyntheticFleet fleet, KafkaConsumer<byte[], byte[]> told, int change)
      throws IOException {
    int step = Math.max(1, fleet.hosts() / CHANGES);
    int host = (change * step) % fleet.hosts();
    String pool = fleet.pool(host);
    int release = SyntheticFleet.RELEASES + 1 + change;
    next(told, SETTLED); // what the change before still causes is not taken for this one's
    long begin = System.nanoTime();
    fleet.announce(stack.publisher(), host, release, 2 + change, Instant.now());
    Stack.requireFlushed(stack.publisher());
    while (!next(told, PATIENCE).contains(pool)) {
      stack.indexer().requireAlive();
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IOException("expected the health of " + pool + " within " + PATIENCE);
      }
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  /** The pools that are told of next; empty where none is for that long. */
  private static Set<String> next(KafkaConsumer<byte[], byte[]> told, Duration most)
      throws IOException {
    long end = System.nanoTime() + most.toNanos();
    Set<String> pools = new HashSet<>();
    while (pools.isEmpty() && System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> record : told.poll(POLL)) {
        try {
          pools.add(RecordKeys.POOL.decode(record.key()));
        } catch (BadRecordException e) {
          throw new IOException("expected the name of a pool", e);
        }
      }
    }
    return pools;
  }
}
