package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.collector.publish.InventoryPublisher;
import io.fleetcompat.indexer.TopicSetup;
import io.fleetcompat.schemas.Topics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Every host of the fleet goes to a release that nobody had: from the first document until a
 * replica has every host at its new profiles, and until nothing more is written to {@code changes}
 * and about pools. Beside it, with clients that do no work: the documents alone; all that was
 * written to topics meanwhile; and that with the changelogs of the indexer's state.
 *
 * <p>The first rounds are the JIT compiler's; medians are of the later ones.
 */
public final class Upgrade {

  private static final int ROUNDS = 8;
  private static final int LATER_ROUNDS = 5;

  /** With so many hosts a round is long, and everything is compiled when the index is built. */
  private static final int MANY_HOSTS = 50_000;

  private static final int ROUNDS_OF_MANY = 4;
  private static final int LATER_ROUNDS_OF_MANY = 3;

  private static final Duration POLL = Duration.ofMillis(50);

  private static final Topics PLAIN =
      new Topics("plain.", Topics.DEFAULT_HOST_PARTITIONS, (short) 1);
  private static final String CHANGELOG = "-changelog";

  private final Stack stack;
  private final Replica replica;
  private final SyntheticFleet fleet;
  private final KafkaAlone alone;
  private final Table table =
      new Table(
          "hosts",
          "round",
          "what",
          "s",
          "s until the last change",
          "CPU s of all",
          "of the sender",
          "of the broker",
          "of the indexer",
          "of the replica");
  private final Map<What, List<Double>> seconds = new EnumMap<>(What.class);
  private final Map<What, List<Double>> processor = new EnumMap<>(What.class);

  /** The runs of a round. */
  private enum What {
    UPGRADE("upgrade"),
    DOCUMENTS("Kafka alone, documents"),
    TOPICS("Kafka alone, all topics"),
    CHANGELOGS("Kafka alone, topics and changelogs");

    private final String words;

    What(String words) {
      this.words = words;
    }
  }

  private Upgrade(Stack stack, Replica replica, SyntheticFleet fleet, KafkaAlone alone) {
    this.stack = stack;
    this.replica = replica;
    this.fleet = fleet;
    this.alone = alone;
  }

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    List<String> topics = stack.topics().stream().filter(t -> !t.startsWith("__")).toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, PLAIN, true);
    }
    try (Replica replica = stack.replicaWithHistory();
        KafkaAlone alone = new KafkaAlone(stack, PLAIN)) {
      alone.copyTopics(topics.stream().filter(t -> t.endsWith(CHANGELOG)).toList());
      replica.awaitReady();
      new Upgrade(stack, replica, fleet, alone).rounds(topics, report);
    }
  }

  private void rounds(List<String> topics, Report report) throws IOException, InterruptedException {
    boolean many = fleet.hosts() >= MANY_HOSTS;
    int rounds = many ? ROUNDS_OF_MANY : ROUNDS;
    int later = many ? LATER_ROUNDS_OF_MANY : LATER_ROUNDS;
    for (int round = 0; round < rounds; round++) {
      boolean last = round == rounds - 1;
      WrittenRecords.Since since = WrittenRecords.Since.now(stack, topics);
      ProcessorTime threads = ProcessorTime.of(stack, replica);
      upgrade(round, since);
      if (last) {
        report.table(ProcessorTime.of(stack, replica).since(threads).table(fleet.hosts()));
      }
      WrittenRecords written = WrittenRecords.read(stack, since);
      if (last) {
        report.table(written.table(fleet.hosts()));
      }
      documents(round);
      String documents = Stack.TOPICS.hostInventory().name();
      again(What.TOPICS, round, written.only(t -> !t.equals(documents) && !t.endsWith(CHANGELOG)));
      again(What.CHANGELOGS, round, written.only(t -> !t.equals(documents)));
    }
    report.table(table);
    report.table(medians(later));
    report.table(memory());
    report.say(
        "Load average at the end %.1f.%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private Table medians(int later) {
    Table medians = new Table("hosts", "what", "s", "upgrade / it", "CPU s of all", "upgrade / it");
    for (What what : What.values()) {
      double time = median(seconds, what, later);
      double cpu = median(processor, what, later);
      medians.row(
          fleet.hosts(),
          what.words + ", median of the last " + later + " rounds",
          time,
          median(seconds, What.UPGRADE, later) / time,
          cpu,
          median(processor, What.UPGRADE, later) / cpu);
    }
    return medians;
  }

  private static double median(Map<What, List<Double>> of, What what, int later) {
    List<Double> all = of.getOrDefault(what, List.of());
    return new Samples(all.subList(all.size() - later, all.size())).median();
  }

  private Table memory() throws IOException, InterruptedException {
    Table memory = new Table("hosts", "process", "RSS MiB", "peak RSS MiB", "live heap MiB");
    row(memory, "broker", MeasuredProcess.memory(stack.brokerPid()));
    row(memory, "indexer", stack.indexer().memory());
    row(memory, "replica with history", replica.child().memory());
    return memory;
  }

  private void row(Table memory, String process, MeasuredProcess.Memory of) {
    memory.row(fleet.hosts(), process, of.resident(), of.peak(), of.liveHeap());
  }

  private void row(What what, int round, double time, Object lastChange, ProcessorTime used) {
    seconds.computeIfAbsent(what, _ -> new ArrayList<>()).add(time);
    processor.computeIfAbsent(what, _ -> new ArrayList<>()).add(used.all());
    table.row(
        fleet.hosts(),
        round + 1,
        what.words,
        time,
        lastChange,
        used.all(),
        used.of("sender"),
        used.of("broker"),
        used.of("indexer"),
        used.of("replica"));
    Report.progress(
        "%d hosts, round %d: %s %.1f s, CPU %.1f s",
        fleet.hosts(), round + 1, what.words, time, used.all());
  }

  private void upgrade(int round, WrittenRecords.Since since)
      throws IOException, InterruptedException {
    NextRelease release = new NextRelease(fleet, round);
    long known = replica.history("changes");
    ProcessorTime before = ProcessorTime.of(stack, replica);
    long begin = System.nanoTime();
    long beginAt = System.currentTimeMillis();
    release.send(stack.publisher());
    Report.progress("%.1f s: Kafka has the documents", (System.nanoTime() - begin) / 1e9);
    release.awaitIn(replica);
    double converged = (System.nanoTime() - begin) / 1e9;
    NextRelease.awaitQuiet(stack);
    replica.awaitHistory(known + fleet.hosts());
    ProcessorTime used = ProcessorTime.of(stack, replica).since(before);
    String changes = Stack.TOPICS.changes().name();
    WrittenRecords told = WrittenRecords.read(stack, only(since, changes));
    row(What.UPGRADE, round, converged, (told.lastAt(changes) - beginAt) / 1e3, used);
  }

  private static WrittenRecords.Since only(WrittenRecords.Since since, String topic) {
    Map<TopicPartition, Long> ends = new HashMap<>(since.ends());
    ends.keySet().removeIf(partition -> !partition.topic().equals(topic));
    return new WrittenRecords.Since(ends);
  }

  private void documents(int round) throws IOException {
    ProcessorTime before = ProcessorTime.of(stack, replica);
    try (KafkaConsumer<byte[], byte[]> consumer =
            PlainConsume.consumer(stack, List.of(PLAIN.hostInventory()), false);
        InventoryPublisher publisher = stack.publisher(PLAIN)) {
      long begin = System.nanoTime();
      Thread sender =
          Thread.ofPlatform().start(() -> new NextRelease(fleet, round).send(publisher));
      int seen = 0;
      while (seen < fleet.hosts()) {
        seen += consumer.poll(POLL).count();
      }
      double time = (System.nanoTime() - begin) / 1e9;
      join(sender);
      row(What.DOCUMENTS, round, time, "", ProcessorTime.of(stack, replica).since(before));
    }
  }

  private void again(What what, int round, WrittenRecords outputs)
      throws IOException, InterruptedException {
    ProcessorTime before = ProcessorTime.of(stack, replica);
    try (InventoryPublisher publisher = stack.publisher(PLAIN)) {
      long begin = System.nanoTime();
      alone.run(
          () -> new NextRelease(fleet, round).send(publisher), fleet.hosts(), outputs.records());
      double time = (System.nanoTime() - begin) / 1e9;
      row(what, round, time, "", ProcessorTime.of(stack, replica).since(before));
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
