package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.schemas.BadRecordException;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.InventoryDocument;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.HostInventory;
import io.fleetcompat.testing.FreePorts;
import io.fleetcompat.testing.LargeTree;
import io.fleetcompat.testing.LargeTree.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code ./fleetcompat collect} of one host that has very many types, with the launcher's options
 * and a real broker, and a look, a refresh and a sign of life every few seconds.
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
    int port = FreePorts.find(1).getFirst();
    try (MeasuredProcess collector = start(stack, host, root, port, log)) {
      Looks first = await(collector, port, 1);
      double before = collector.cpuSeconds();
      Looks all = await(collector, port, LOOKS);
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

  private static MeasuredProcess start(Stack stack, String host, Path root, int port, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("fleetcompat.launcher")).toString());
    command.addAll(List.of("collect", "--host", host, "--root", root.toString()));
    command.addAll(List.of("--bootstrap-servers", stack.bootstrapServers()));
    command.addAll(List.of("--state-dir", stack.directory().resolve("state-" + host).toString()));
    command.addAll(List.of("--metrics-port", String.valueOf(port)));
    SETTINGS.forEach(setting -> command.addAll(List.of("--set", setting)));
    return MeasuredProcess.start(log, command);
  }

  private record Looks(int count, double seconds) {}

  private static Looks await(MeasuredProcess collector, int port, int looks)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    Looks seen = looks(port);
    while (seen.count() < looks) {
      collector.requireAlive();
      if (System.nanoTime() > end) {
        throw new IOException("expected " + looks + " looks within " + DEADLINE + ", saw " + seen);
      }
      LockSupport.parkNanos(POLL.toNanos());
      seen = looks(port);
    }
    return seen;
  }

  private static Looks looks(int port) throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
      String text =
          http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return new Looks((int) metric(text, "count"), metric(text, "sum"));
    } catch (IOException e) {
      return new Looks(0, 0); // it does not listen yet
    }
  }

  private static double metric(String text, String suffix) {
    String name = "fleetcompat_collector_scan_seconds_" + suffix + " ";
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .findFirst()
        .orElse(0);
  }

  /** The newest record of a host; waits for one. */
  private static byte[] newest(Stack stack, Topic<?, ?> topic, String host) throws IOException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    byte[] newest = {};
    try (KafkaConsumer<byte[], byte[]> consumer =
        PlainConsume.consumer(stack, List.of(topic), true)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (newest.length == 0
          || ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (new String(record.key(), StandardCharsets.UTF_8).equals(host)) {
            newest = record.value();
          }
        }
        if (System.nanoTime() > end) {
          throw new IOException("expected a record of " + host + " in " + topic.name());
        }
      }
    }
    return newest;
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
