package io.fleetcompat.benchmarks.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.HostOnDisk;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.collector.Collector;
import io.fleetcompat.collector.CollectorConfig;
import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * From writing an attribute of a tree on disk until a consumer has the health of its pool, and
 * until a receiver in the place of Alertmanager has the alert, or its end, of a rule without {@code
 * for}; beside a record that goes through Kafka alone.
 */
public final class AlertLatency {

  private static final int WARM_UP = 30;
  private static final int CHANGES = 200;
  private static final Duration BETWEEN = Duration.ofMillis(231);
  private static final Duration POLL = Duration.ofMillis(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String POOL = "on-disk";

  private AlertLatency() {}

  /** The settings of an indexer with the rule that is measured. */
  public static List<String> settings(Path directory) throws IOException {
    Path rules = directory.resolve("alerts.yaml");
    Files.writeString(
        rules,
        "rules:\n  - {alert: OneWay, measure: one-way-pairs, above: 0, severity: warning, pools: ["
            + POOL
            + "]}\n");
    return List.of("alerts.file=" + rules);
  }

  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table table = new Table("hosts", "until", "changes", "p50 ms", "p99 ms", "most ms");
    ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    HostOnDisk from = HostOnDisk.create(stack.directory().resolve("from"), fleet.hosts(), 1);
    HostOnDisk to =
        HostOnDisk.create(
            stack.directory().resolve("to"), fleet.hosts() + SyntheticFleet.MODELS, 1);
    try (Receiver receiver = new Receiver();
        QueryServer _ = api(stack, receiver);
        Collector _ = collector(stack, from, threads);
        Collector second = collector(stack, to, threads);
        KafkaConsumer<byte[], byte[]> told =
            PlainConsume.consumer(stack, List.of(Stack.TOPICS.poolHealth()), true)) {
      Stack.await("the pool has health", () -> !healths(told).isEmpty());
      List<Double> health = new ArrayList<>();
      List<Double> alerts = new ArrayList<>();
      for (int change = 0; change < WARM_UP + CHANGES; change++) {
        LockSupport.parkNanos(BETWEEN.toNanos());
        healths(told);
        receiver.forget();
        long begin = System.nanoTime();
        to.setVersion(0, SyntheticFleet.version(change % 2));
        second.hint();
        Stack.await("the health", () -> !healths(told).isEmpty());
        double first = millis(begin, System.nanoTime());
        double last = millis(begin, receiver.await());
        if (change >= WARM_UP) {
          health.add(first);
          alerts.add(last);
        }
      }
      row(table, fleet, "the health of the pool", new Samples(health));
      row(table, fleet, "the alert, or its end, at the receiver", new Samples(alerts));
    } finally {
      threads.shutdownNow();
    }
    report.table(table);
  }

  private static double millis(long begin, long end) {
    return (end - begin) / 1e6;
  }

  private static void row(Table table, SyntheticFleet fleet, String until, Samples samples) {
    table.row(
        fleet.hosts(),
        until,
        samples.sorted().size(),
        samples.median(),
        samples.percentile(99),
        samples.most());
  }

  /** The records of the pool that have come. */
  private static List<ConsumerRecord<byte[], byte[]>> healths(KafkaConsumer<byte[], byte[]> told) {
    List<ConsumerRecord<byte[], byte[]>> ours = new ArrayList<>();
    told.poll(POLL)
        .forEach(
            record -> {
              if (new String(record.key(), StandardCharsets.UTF_8).equals(POOL)) {
                ours.add(record);
              }
            });
    return ours;
  }

  private static QueryServer api(Stack stack, Receiver receiver) {
    return QueryServer.start(
        QueryConfig.parse(
            Map.of(
                "bootstrap-servers",
                stack.bootstrapServers(),
                "port",
                "0",
                "alertmanager",
                receiver.url(),
                "alertmanager-resend-every",
                "1h")));
  }

  private static Collector collector(Stack stack, HostOnDisk host, ScheduledExecutorService threads)
      throws IOException {
    CollectorConfig config =
        CollectorConfig.parse(
            Map.of(
                "bootstrap-servers",
                stack.bootstrapServers(),
                "host",
                SyntheticFleet.host(host.host()),
                "root",
                host.root().toString(),
                "label.pool",
                POOL));
    return Collector.start(config, stack.publisher(), threads, new SimpleMeterRegistry());
  }

  /** A receiver of alerts that takes the time. */
  private static final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final BlockingQueue<Long> times = new LinkedBlockingQueue<>();

    Receiver() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::take);
      server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
      exchange.getRequestBody().readAllBytes();
      times.add(System.nanoTime());
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void forget() {
      times.clear();
    }

    long await() throws InterruptedException {
      Long time = times.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (time == null) {
        throw new IllegalStateException("expected an alert within " + PATIENCE + ", found none");
      }
      return time;
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
