package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.compatibility.profile.Fingerprint;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Every host of the fleet goes to a release that nobody had: from the first document until a
 * replica has every host at its new profiles; beside the time until a plain consumer has the same
 * documents, sent by the same producer into another topic.
 */
public final class Upgrade {

  private static final int ROUNDS = 3;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Topics PLAIN =
      new Topics("plain.", Topics.DEFAULT_HOST_PARTITIONS, (short) 1);

  private Upgrade() {}

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, PLAIN, true);
    }
    Table table =
        new Table(
            "hosts",
            "round",
            "what",
            "s",
            "CPU s of all",
            "of the sender",
            "of the broker",
            "of the indexer",
            "of the replica");
    try (Replica replica = stack.replica()) {
      replica.awaitReady();
      for (int round = 0; round < ROUNDS; round++) {
        ProcessorTime begin = ProcessorTime.of(stack, replica);
        double alone = plain(stack, fleet, round);
        ProcessorTime between = ProcessorTime.of(stack, replica);
        table.row(row(fleet, round, "Kafka alone", alone, between.since(begin)));
        Report.progress("%d hosts, round %d: Kafka alone %.1f s", fleet.hosts(), round + 1, alone);
        double upgrade = upgrade(stack, replica, fleet, round);
        ProcessorTime upgraded = ProcessorTime.of(stack, replica).since(between);
        table.row(row(fleet, round, "upgrade", upgrade, upgraded));
        Report.progress("%d hosts, round %d: upgrade %.1f s", fleet.hosts(), round + 1, upgrade);
      }
    }
    report.table(table);
  }

  private static Object[] row(
      SyntheticFleet fleet, int round, String what, double seconds, ProcessorTime used) {
    return new Object[] {
      fleet.hosts(),
      round + 1,
      what,
      seconds,
      used.all(),
      used.of("sender"),
      used.of("broker"),
      used.of("indexer"),
      used.of("replica")
    };
  }

  private static double upgrade(Stack stack, Replica replica, SyntheticFleet fleet, int round)
      throws IOException, InterruptedException {
    Set<Fingerprint> wanted = fleet.profiles(release(round));
    int hostsEach = fleet.hosts() / SyntheticFleet.MODELS;
    long begin = System.nanoTime();
    send(stack.publisher(), fleet, round);
    Report.progress("%.1f s: Kafka has the documents", (System.nanoTime() - begin) / 1e9);
    for (Fingerprint profile : wanted) {
      Stack.await(
          hostsEach + " hosts have " + profile, PAUSE, () -> replica.hosts(profile) == hostsEach);
    }
    replica.awaitGeneration(SyntheticFleet.PROFILES + (1 + round) * wanted.size());
    return (System.nanoTime() - begin) / 1e9;
  }

  private static int release(int round) {
    return SyntheticFleet.RELEASES + round;
  }

  private static double plain(Stack stack, SyntheticFleet fleet, int round) {
    try (KafkaConsumer<byte[], byte[]> consumer =
            PlainConsume.consumer(stack, List.of(PLAIN.hostInventory()), false);
        InventoryPublisher publisher = stack.publisher(PLAIN)) {
      long begin = System.nanoTime();
      Thread sender = Thread.ofPlatform().start(() -> send(publisher, fleet, round));
      int seen = 0;
      while (seen < fleet.hosts()) {
        seen += consumer.poll(POLL).count();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      join(sender);
      return seconds;
    }
  }

  private static void send(InventoryPublisher publisher, SyntheticFleet fleet, int round) {
    Instant now = Instant.now();
    for (int host = 0; host < fleet.hosts(); host++) {
      publisher.publish(fleet.document(host, release(round), 2 + round, now));
      Stack.pace(publisher);
    }
    Stack.requireFlushed(publisher);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
