package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.FilledReplica;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * {@code check} and {@code destinations} over HTTP beside the same server answering the same number
 * of bytes as a constant: the server on one core, wrk on the other, runs interleaved.
 */
public final class HttpLoad {

  private static final long SEED = 20261121;
  private static final List<String> ONE_CORE = List.of("taskset", "-c", "0");
  private static final int QUESTIONS = 4096;
  private static final int CONNECTIONS = 32;
  private static final int WARM_UP_SECONDS = 12;
  private static final int SECONDS = 4;
  private static final int ROUNDS = 3;

  private HttpLoad() {}

  /** Loads nothing: the fleet is in the stack already. */
  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    try (Replica replica = stack.replica(ONE_CORE)) {
      measure(stack.directory(), replica, fleet, report);
    }
  }

  /** The same with an index that was put into the replica without Kafka: it is there in seconds. */
  public static void measureFilled(SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("fleetcompat-benchmark");
    try (Replica replica = FilledReplica.start(directory, ONE_CORE, fleet)) {
      measure(directory, replica, fleet, report);
    }
  }

  private static void measure(Path directory, Replica replica, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    Table table =
        new Table(
            "hosts",
            "question",
            "bytes",
            "answers/s",
            "p50 ms",
            "p99 ms",
            "constant/s",
            "constant p50 ms",
            "constant p99 ms",
            "ratio",
            "server CPU us/answer",
            "of the constant",
            "ratio by CPU");
    replica.awaitReady();
    question(directory, replica, fleet, "check", checks(fleet), table);
    question(directory, replica, fleet, "destinations, limit 10", destinations(fleet, 10), table);
    question(
        directory, replica, fleet, "destinations, limit 1000", destinations(fleet, 1000), table);
    report.table(table);
  }

  private static void question(
      Path directory,
      Replica replica,
      SyntheticFleet fleet,
      String name,
      List<String> paths,
      Table table)
      throws IOException, InterruptedException {
    byte[] answer = replica.api().bytes(paths.getFirst());
    replica.constant().put("/constant", answer);
    Wrk asking = Wrk.of(directory, paths, CONNECTIONS);
    Wrk constant = Wrk.of(directory, List.of("/constant"), CONNECTIONS);
    String api = replica.api().url("");
    String beside = replica.constant().url("");
    asking.run(api, WARM_UP_SECONDS, replica.child());
    constant.run(beside, WARM_UP_SECONDS, replica.child());
    List<Wrk.Run> ours = new ArrayList<>();
    List<Wrk.Run> theirs = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      theirs.add(constant.run(beside, SECONDS, replica.child()));
      ours.add(asking.run(api, SECONDS, replica.child()));
    }
    double rate = rate(ours);
    double ceiling = rate(theirs);
    table.row(
        fleet.hosts(),
        name,
        answer.length,
        rate,
        p50(ours),
        p99(ours),
        ceiling,
        p50(theirs),
        p99(theirs),
        rate / ceiling,
        cpu(ours),
        cpu(theirs),
        cpu(theirs) / cpu(ours));
  }

  private static double rate(List<Wrk.Run> runs) {
    return new Samples(runs.stream().map(Wrk.Run::rate).toList()).median();
  }

  private static double cpu(List<Wrk.Run> runs) {
    return new Samples(runs.stream().map(Wrk.Run::serverMicros).toList()).median();
  }

  private static double p50(List<Wrk.Run> runs) {
    return new Samples(runs.stream().map(Wrk.Run::p50).toList()).median();
  }

  private static double p99(List<Wrk.Run> runs) {
    return new Samples(runs.stream().map(Wrk.Run::p99).toList()).median();
  }

  /** Pairs of devices of one type, so that many of the answers are yes. */
  private static List<String> checks(SyntheticFleet fleet) {
    Random random = new Random(SEED);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      int source = random.nextInt(fleet.hosts());
      int steps = (fleet.hosts() - 1 - SyntheticFleet.model(source)) / SyntheticFleet.MODELS + 1;
      int destination =
          SyntheticFleet.model(source) + SyntheticFleet.MODELS * random.nextInt(steps);
      int type = random.nextInt(SyntheticFleet.TYPES);
      paths.add(
          "/v1/check?source=%s&destination=%s"
              .formatted(device(source, 0, type), device(destination, 1, type)));
    }
    return paths;
  }

  private static List<String> destinations(SyntheticFleet fleet, int limit) {
    Random random = new Random(SEED);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      int source = random.nextInt(fleet.hosts());
      int type = random.nextInt(SyntheticFleet.TYPES);
      paths.add("/v1/destinations?source=%s&limit=%d".formatted(device(source, 0, type), limit));
    }
    return paths;
  }

  private static String device(int host, int card, int type) {
    return SyntheticFleet.host(host) + "/" + SyntheticFleet.device(card, type);
  }
}
