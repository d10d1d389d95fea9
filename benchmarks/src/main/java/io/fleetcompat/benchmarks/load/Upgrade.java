package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Child;
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
            "upgrade s",
            "Kafka alone s",
            "ratio",
            "CPU s of all processes",
            "CPU s of Kafka alone",
            "CPU of the indexer",
            "CPU of the replica");
    try (Replica replica = stack.replica()) {
      replica.awaitReady();
      for (int round = 0; round < ROUNDS; round++) {
        int release = SyntheticFleet.RELEASES + round;
        Cpu begin = Cpu.of(stack, replica);
        double alone = plain(stack, fleet, release, round);
        Cpu between = Cpu.of(stack, replica);
        double upgrade = upgrade(stack, replica, fleet, release, round);
        Cpu end = Cpu.of(stack, replica);
        table.row(
            fleet.hosts(),
            round + 1,
            upgrade,
            alone,
            upgrade / alone,
            end.all() - between.all(),
            between.all() - begin.all(),
            end.indexer() - between.indexer(),
            end.replica() - between.replica());
      }
    }
    report.table(table);
  }

  /** Processor time of every process so far, in seconds. */
  private record Cpu(double self, double broker, double indexer, double replica) {
    static Cpu of(Stack stack, Replica replica) throws IOException {
      return new Cpu(
          Child.cpuSeconds(ProcessHandle.current().pid()),
          Child.cpuSeconds(stack.brokerPid()),
          stack.indexer().cpuSeconds(),
          replica.child().cpuSeconds());
    }

    double all() {
      return self + broker + indexer + replica;
    }
  }

  private static double upgrade(
      Stack stack, Replica replica, SyntheticFleet fleet, int release, int round)
      throws IOException, InterruptedException {
    Set<Fingerprint> wanted = fleet.profiles(release);
    int hostsEach = fleet.hosts() / SyntheticFleet.MODELS;
    long begin = System.nanoTime();
    send(stack.publisher(), fleet, release, round);
    Stack.await("the upgrade has converged", () -> replica.has(wanted, hostsEach));
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double plain(Stack stack, SyntheticFleet fleet, int release, int round) {
    try (KafkaConsumer<byte[], byte[]> consumer =
            PlainConsume.consumer(stack, List.of(PLAIN.hostInventory()), false);
        InventoryPublisher publisher = stack.publisher(PLAIN)) {
      long begin = System.nanoTime();
      Thread sender = Thread.ofPlatform().start(() -> send(publisher, fleet, release, round));
      int seen = 0;
      while (seen < fleet.hosts()) {
        seen += consumer.poll(POLL).count();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      join(sender);
      return seconds;
    }
  }

  private static void send(
      InventoryPublisher publisher, SyntheticFleet fleet, int release, int round) {
    Instant now = Instant.now();
    for (int host = 0; host < fleet.hosts(); host++) {
      publisher.publish(fleet.document(host, release, 2 + round, now));
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
