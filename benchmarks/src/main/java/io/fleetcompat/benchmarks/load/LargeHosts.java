package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.RunningCollector;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.LargeTree;
import io.fleetcompat.testing.LargeTree.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A collector of one host that has very many types, with the launcher's options for {@code
 * collect}, a real broker, and a look, a refresh and a sign of life every few seconds.
 */
public final class LargeHosts {

  /** Looks until it is measured: the first one has nothing of an earlier one in memory. */
  private static final int LOOKS = 5;

  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final List<String> SETTINGS =
      List.of(
          "interval.poll=1h", "interval.rescan=3s", "interval.refresh=7s", "interval.heartbeat=1s");

  private LargeHosts() {}

  public static void measure(Stack stack, List<Shape> shapes, Report report)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            "tree",
            "types on disk",
            "endpoints",
            "refused",
            "document kB",
            "gzip kB",
            "heartbeat kB",
            "gzip kB",
            "first look s",
            "later looks s",
            "CPU s a later look",
            "RSS MiB",
            "peak RSS MiB",
            "live heap MiB");
    for (Shape shape : shapes) {
      row(stack, shape, table);
    }
    report.table(table);
  }

  private static void row(Stack stack, Shape shape, Table table)
      throws IOException, InterruptedException {
    Path root = LargeTree.write(stack.directory().resolve(shape.name()), shape);
    Path log = stack.directory().resolve(shape.name() + ".log");
    String host = shape.name().toLowerCase(Locale.ROOT) + ".example";
    try (MeasuredProcess collector = start(stack, host, root, log)) {
      Looks first = await(collector, log, 1);
      double before = collector.cpuSeconds();
      Looks all = await(collector, log, LOOKS);
      double cpu = collector.cpuSeconds() - before;
      MeasuredProcess.Memory memory = collector.memory();
      byte[] document = newest(stack, Stack.TOPICS.hostInventory(), host);
      byte[] heartbeat = newest(stack, Stack.TOPICS.hostCapacity(), host);
      HostInventory inventory = decode(document);
      int later = all.count() - first.count();
      table.row(
          shape.name().toLowerCase(Locale.ROOT),
          shape.endpoints(),
          InventoryDocument.entries(inventory).size(),
          inventory.getExtent().getRefused(),
          document.length / 1000.0,
          gzip(document) / 1000.0,
          heartbeat.length / 1000.0,
          gzip(heartbeat) / 1000.0,
          first.seconds() / first.count(),
          (all.seconds() - first.seconds()) / later,
          cpu / later,
          memory.resident(),
          memory.peak(),
          memory.liveHeap());
    }
  }

  private static MeasuredProcess start(Stack stack, String host, Path root, Path log)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(stack.bootstrapServers());
    arguments.add(host);
    arguments.add(Files.createDirectories(stack.directory().resolve("state")).toString());
    arguments.add("root=" + root);
    arguments.addAll(SETTINGS);
    return MeasuredProcess.start(
        log, List.of(), CollectorAtRest.OPTIONS, RunningCollector.class, arguments);
  }

  private record Looks(int count, double seconds) {}

  private static Looks await(MeasuredProcess collector, Path log, int looks) throws IOException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    Looks seen = looks(log);
    while (seen.count() < looks) {
      collector.requireAlive();
      if (System.nanoTime() > end) {
        throw new IOException("expected " + looks + " looks within " + DEADLINE + ", saw " + seen);
      }
      LockSupport.parkNanos(POLL.toNanos());
      seen = looks(log);
    }
    return seen;
  }

  private static Looks looks(Path log) throws IOException {
    Looks seen = new Looks(0, 0);
    for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
      if (line.startsWith(RunningCollector.LOOKS)) {
        String[] words = line.substring(RunningCollector.LOOKS.length()).split(" ", -1);
        seen = new Looks(Integer.parseInt(words[0]), Double.parseDouble(words[1]));
      }
    }
    return seen;
  }

  private static byte[] newest(Stack stack, Topic<?, ?> topic, String host) {
    byte[] newest = null;
    try (KafkaConsumer<byte[], byte[]> consumer =
        PlainConsume.consumer(stack, List.of(topic), true)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (new String(record.key(), StandardCharsets.UTF_8).equals(host)) {
            newest = record.value();
          }
        }
      }
    }
    return Objects.requireNonNull(newest, "no record of " + host + " in " + topic.name());
  }

  private static HostInventory decode(byte[] document) throws IOException {
    try {
      return Codecs.HOST_INVENTORY.decode(document);
    } catch (BadRecordException e) {
      throw new IOException(e);
    }
  }

  private static int gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.size();
  }
}
