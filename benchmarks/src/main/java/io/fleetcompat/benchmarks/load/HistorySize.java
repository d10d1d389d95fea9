package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.Limits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The room that a history takes: the changes of an upgrade of the fleet, as the indexer told them,
 * written to their topic again and again, and read by a query API that begins with an empty
 * directory.
 */
public final class HistorySize {

  private static final int PER_TRANSACTION = 5000;
  private static final double MILLION = 1e6;

  private HistorySize() {}

  /** Over an index that has the fleet. */
  public static void measure(Stack stack, SyntheticFleet fleet, int changes, Report report)
      throws IOException, InterruptedException {
    String topic = Stack.TOPICS.changes().name();
    WrittenRecords.Since since = WrittenRecords.Since.now(stack, List.of(topic));
    NextRelease release = new NextRelease(fleet, 0);
    try (Replica replica = stack.replica()) {
      replica.awaitHosts(fleet.hosts());
      release.send(stack.publisher());
      release.awaitIn(replica);
      NextRelease.awaitQuiet(stack);
    }
    List<ConsumerRecord<byte[], byte[]>> told = WrittenRecords.read(stack, since).records();
    double topicBefore = stack.topicMebibytes(topic);
    write(stack, told, changes);
    double topicMebibytes = stack.topicMebibytes(topic) - topicBefore;
    Table table =
        new Table(
            "changes in the history",
            "of them written again",
            "topic MiB per million",
            "history MiB per million",
            "s",
            "replica CPU s",
            "RSS MiB",
            "live heap MiB");
    try (Replica replica = stack.replicaWithHistory()) {
      replica.awaitReady();
      replica.awaitHistory(changes);
      double seconds = (System.nanoTime() - replica.begin()) / 1e9;
      double processor = replica.child().cpuSeconds();
      long kept = replica.history("changes");
      double mebibytes = Stack.mebibytes(stack.historyDirectory(), ".sst");
      var memory = replica.child().memory();
      table.row(
          kept,
          changes,
          topicMebibytes * MILLION / changes,
          mebibytes * MILLION / kept,
          seconds,
          processor,
          memory.resident(),
          memory.liveHeap());
    }
    report.table(table);
    report.say(
        "Load average at the end %.1f.%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the transaction's commit reports failures
  private static void write(Stack stack, List<ConsumerRecord<byte[], byte[]>> told, int changes) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "transactional.id", "history-size",
                "compression.type", "lz4",
                "linger.ms", "50",
                "max.request.size", String.valueOf(Limits.RECORD_BYTES)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < changes; i++) {
        ConsumerRecord<byte[], byte[]> change = told.get(i % told.size());
        producer.send(
            new ProducerRecord<>(change.topic(), change.partition(), change.key(), change.value()));
        if (i % PER_TRANSACTION == PER_TRANSACTION - 1) {
          producer.commitTransaction();
          producer.beginTransaction();
        }
      }
      producer.commitTransaction();
    }
  }
}
