package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.stack.MeasuredProcess;
import io.fleetcompat.benchmarks.stack.MeasuredProcess.Memory;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import io.fleetcompat.query.answer.ChangesAnswer;
import io.fleetcompat.schemas.ChangeKey;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.avro.ChangeCause;
import io.fleetcompat.schemas.avro.ChangeRecord;
import io.fleetcompat.schemas.avro.ChangedValue;
import io.fleetcompat.schemas.avro.EndpointMove;
import io.fleetcompat.testing.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The cost of many watchers: changes that come one by one, then very many at once, told to all
 * watchers by a query API, and the same bytes written to as many plain sockets.
 */
public final class WatchLoad {

  private static final int SINGLE = 200;
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final int AT_ONCE = 1000;

  /** Bytes of events that the API writes at once. */
  private static final int FRAME = 16 << 10;

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final List<String> PHASES =
      List.of(String.valueOf(SINGLE / 4), String.valueOf(SINGLE), String.valueOf(AT_ONCE));
  private static final List<String> NAMES = List.of("warm-up", "one by one", "at once");

  private final Stack stack;
  private final int watchers;
  private final Table table =
      new Table(
          "server",
          "watchers",
          "changes",
          "events",
          "CPU µs an event",
          "p50 ms",
          "p99 ms",
          "max ms");

  private WatchLoad(Stack stack, int watchers) {
    this.stack = stack;
    this.watchers = watchers;
  }

  /** A sender of changes that are named after the time of sending. */
  private interface Sender {
    void send(int changes) throws IOException;
  }

  public static void measure(Stack stack, int watchers, Report report)
      throws IOException, InterruptedException {
    WatchLoad load = new WatchLoad(stack, watchers);
    load.api(report);
    load.plain();
    report.table(load.table);
  }

  private void api(Report report) throws IOException, InterruptedException {
    try (Replica replica = stack.replica();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", (Object) stack.bootstrapServers(), "linger.ms", "0"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      replica.awaitReady();
      Memory before = replica.child().memory();
      Path log = stack.directory().resolve("clients-of-api.log");
      try (MeasuredProcess _ = clients(log, URI.create(replica.api().url("/")).getPort())) {
        awaitLine(log, "connected");
        phases("query API", replica.child(), log, changes -> send(producer, changes));
        Memory after = replica.child().memory();
        report.say(
            "The API's live heap: %s MiB with %d watchers, %s without; resident %s and %s.%n",
            Table.number(after.liveHeap()),
            watchers,
            Table.number(before.liveHeap()),
            Table.number(after.resident()),
            Table.number(before.resident()));
      }
    }
  }

  private void plain() throws IOException, InterruptedException {
    int port = FreePorts.find(1).getFirst();
    int control = FreePorts.find(1).getFirst();
    Path serverLog = stack.directory().resolve("plain.log");
    Path log = stack.directory().resolve("clients-of-plain.log");
    List<String> arguments =
        List.of(String.valueOf(port), String.valueOf(watchers), String.valueOf(control));
    try (MeasuredProcess server =
        MeasuredProcess.start(
            serverLog, List.of(), List.of("-Xmx256m"), PlainSockets.class, arguments)) {
      awaitLine(serverLog, "listening");
      try (MeasuredProcess _ = clients(log, port);
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), control);
          DataOutputStream frames = new DataOutputStream(socket.getOutputStream())) {
        awaitLine(log, "connected");
        phases("plain sockets", server, log, changes -> send(frames, changes));
      }
    }
  }

  private MeasuredProcess clients(Path log, int port) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of(String.valueOf(port), String.valueOf(watchers)));
    arguments.addAll(PHASES);
    return MeasuredProcess.start(
        log, List.of(), List.of("-Xmx512m"), WatchClients.class, arguments);
  }

  private void phases(String name, MeasuredProcess server, Path log, Sender sender)
      throws IOException, InterruptedException {
    for (int phase = 0; phase < PHASES.size(); phase++) {
      int changes = Integer.parseInt(PHASES.get(phase));
      boolean atOnce = changes == AT_ONCE;
      double begin = server.cpuSeconds();
      for (int n = 0; n < (atOnce ? 1 : changes); n++) {
        sender.send(atOnce ? changes : 1);
        LockSupport.parkNanos(BETWEEN.toNanos());
      }
      String[] words = awaitLine(log, "phase " + phase + ": ").split(" ", -1);
      double seconds = server.cpuSeconds() - begin;
      double events = (double) changes * watchers;
      if (phase > 0) {
        table.row(
            name + ", " + NAMES.get(phase),
            watchers,
            changes,
            words[2],
            seconds / events * 1e6,
            words[3],
            words[4],
            words[5]);
      }
    }
  }

  private static String awaitLine(Path log, String beginning)
      throws IOException, InterruptedException {
    Stack.await(
        "a process says '" + beginning + "'",
        PAUSE,
        () -> line(log, beginning).startsWith(beginning));
    return line(log, beginning);
  }

  private static String line(Path log, String beginning) throws IOException {
    return Files.readString(log)
        .lines()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElse("");
  }

  /** An upgrade of a host with 16 types. */
  private static ChangeRecord change() {
    List<String> types =
        IntStream.range(0, 16).mapToObj("0000:3b:00.0/nvidia-6%02d"::formatted).toList();
    ChangedValue driver = new ChangedValue("driver/nvidia", "550.54.14", "570.86.10");
    EndpointMove move =
        EndpointMove.newBuilder()
            .setDevices(0)
            .setTypes(types.size())
            .setEndpoints(types)
            .setValues(List.of(new ChangedValue("mdev/version", "1", "2")))
            .build();
    return ChangeRecord.newBuilder()
        .setCauses(List.of(ChangeCause.DRIVER_UPGRADE))
        .setValues(List.of(driver))
        .setMoves(List.of(move))
        .setPools(List.of("gold"))
        .setEpoch(1)
        .setSequence(2)
        .setTrigger("uevent")
        .build();
  }

  private static ChangeKey host() {
    return new ChangeKey(ChangeKey.Kind.HOST, "host-" + System.nanoTime());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the flush tells, and the watchers wait for it
  private static void send(KafkaProducer<byte[], byte[]> producer, int changes) {
    byte[] value = Codecs.CHANGE.encode(change());
    for (int n = 0; n < changes; n++) {
      byte[] key = host().toString().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Stack.TOPICS.changes().name(), key, value));
    }
    producer.flush();
  }

  private static void send(DataOutputStream frames, int changes) throws IOException {
    ChangeRecord change = change();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int n = 0; n < changes; n++) {
      byte[] json = ChangesAnswer.change(System.currentTimeMillis(), host(), change);
      frame.writeBytes(
          ("id: " + "A".repeat(135) + "\nevent: change\ndata: ")
              .getBytes(StandardCharsets.US_ASCII));
      frame.writeBytes(json);
      frame.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
      if (frame.size() >= FRAME || n == changes - 1) {
        frames.writeInt(frame.size());
        frame.writeTo(frames);
        frame.reset();
      }
    }
    frames.flush();
  }
}
