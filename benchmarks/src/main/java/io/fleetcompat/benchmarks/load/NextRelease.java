package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.compatibility.profile.Fingerprint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A release that nobody had, to which every host of the fleet goes. Immutable.
 *
 * @param round 0 for the first after those that the fleet began with
 */
record NextRelease(SyntheticFleet fleet, int round) {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration POLL = Duration.ofMillis(50);

  /** Two looks of the indexer at its pools, and a commit. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final int FIRST_SEQUENCE = 2;

  private int number() {
    return SyntheticFleet.RELEASES + round;
  }

  /** Sends every host's document; returns when Kafka has them. */
  void send(InventoryPublisher publisher) {
    Instant now = Instant.now();
    for (int host = 0; host < fleet.hosts(); host++) {
      fleet.announce(publisher, host, number(), FIRST_SEQUENCE + round, now);
      Stack.pace(publisher);
    }
    Stack.requireFlushed(publisher);
  }

  /** Waits until a replica has every host at its new profiles, all of them judged. */
  void awaitIn(Replica replica) throws IOException, InterruptedException {
    Set<Fingerprint> wanted = fleet.profiles(number());
    int hostsEach = fleet.hosts() / SyntheticFleet.MODELS;
    for (Fingerprint profile : wanted) {
      Stack.await(
          hostsEach + " hosts have " + profile, PAUSE, () -> replica.hosts(profile) == hostsEach);
    }
    replica.awaitGeneration(SyntheticFleet.PROFILES + (1 + round) * wanted.size());
  }

  /** Waits until for a while nothing was written about changes and pools. */
  static void awaitQuiet(Stack stack) throws IOException, InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer =
        PlainConsume.consumer(
            stack, List.of(Stack.TOPICS.changes(), Stack.TOPICS.poolHealth()), false)) {
      List<TopicPartition> partitions = List.copyOf(consumer.assignment());
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long quietSince = System.nanoTime();
      while (System.nanoTime() - quietSince < QUIET.toNanos()) {
        stack.indexer().requireAlive();
        LockSupport.parkNanos(POLL.toNanos());
        Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
        if (!now.equals(ends)) {
          ends = now;
          quietSince = System.nanoTime();
        }
      }
    }
  }
}
