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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * {@code check}, {@code destinations} and {@code filter} over HTTP beside the same server answering
 * the same number of bytes as a constant: the server on one core, wrk on the other, runs
 * interleaved.
 */
public final class HttpLoad {

  private static final long SEED = 20261121;
  private static final List<String> ONE_CORE = List.of("taskset", "-c", "0");
  private static final int TYPES = SyntheticFleet.TYPES;
  private static final String NAMES_OF_FILTER = "/v1/filter?fields=names";
  private static final int QUESTIONS = 4096;

  /** Questions with {@link #MANY} names each. */
  private static final int LARGE_QUESTIONS = 8;

  private static final int MANY = 10_000;
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
    for (Map.Entry<String, List<Wrk.Question>> asked : questions(fleet).entrySet()) {
      question(directory, replica, fleet, asked.getKey(), asked.getValue(), table);
    }
    report.table(table);
  }

  private static void question(
      Path directory,
      Replica replica,
      SyntheticFleet fleet,
      String name,
      List<Wrk.Question> questions,
      Table table)
      throws IOException, InterruptedException {
    Wrk.Question first = questions.getFirst();
    byte[] answer =
        first.body().isEmpty()
            ? replica.api().bytes(first.path())
            : replica.api().postForBytes(first.path(), first.body());
    replica.constant().put("/constant", answer);
    Wrk asking = Wrk.of(directory, questions, CONNECTIONS);
    Wrk constant = Wrk.of(directory, List.of(Wrk.Question.get("/constant")), CONNECTIONS);
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

  private static Map<String, List<Wrk.Question>> questions(SyntheticFleet fleet) {
    Map<String, List<Wrk.Question>> questions = new LinkedHashMap<>();
    questions.put("check", checks(fleet));
    questions.put("destinations, limit 10", destinations(fleet, "10"));
    questions.put("destinations, limit 1000", destinations(fleet, "1000"));
    questions.put("ten names", destinations(fleet, "10&fields=names"));
    questions.put("a thousand names", destinations(fleet, "1000&fields=names"));
    int many = Math.min(MANY, fleet.hosts());
    questions.put("filter of " + many, filters(fleet, "/v1/filter", many, 1));
    questions.put("filter of " + many + ", names", filters(fleet, NAMES_OF_FILTER, many, 1));
    questions.put("filter of " + many + ", two devices", filters(fleet, NAMES_OF_FILTER, many, 2));
    questions.put("outcomes of " + many, outcomes(fleet, many));
    return questions;
  }

  /** Devices of a machine, and hosts in any order. */
  private static List<Wrk.Question> filters(
      SyntheticFleet fleet, String path, int many, int devices) {
    Random random = new Random(SEED);
    List<String> hosts = new ArrayList<>();
    for (int host = 0; host < fleet.hosts(); host++) {
      hosts.add('"' + SyntheticFleet.host(host) + '"');
    }
    List<Wrk.Question> questions = new ArrayList<>();
    for (int i = 0; i < LARGE_QUESTIONS; i++) {
      Collections.shuffle(hosts, random);
      int host = random.nextInt(fleet.hosts());
      int type = random.nextInt(TYPES);
      List<String> sources = new ArrayList<>();
      for (int n = 0; n < devices; n++) {
        sources.add('"' + device(host, 0, (type + n) % TYPES) + '"');
      }
      questions.add(
          new Wrk.Question(
              path,
              "{\"sources\":[%s],\"hosts\":[%s]}"
                  .formatted(String.join(",", sources), String.join(",", hosts.subList(0, many)))));
    }
    return questions;
  }

  /** A device, and devices of its type on other hosts, in any order. */
  private static List<Wrk.Question> outcomes(SyntheticFleet fleet, int many) {
    Random random = new Random(SEED);
    List<Wrk.Question> questions = new ArrayList<>();
    for (int i = 0; i < LARGE_QUESTIONS; i++) {
      int type = random.nextInt(TYPES);
      List<String> destinations = new ArrayList<>();
      for (int n = 0; n < many; n++) {
        destinations.add('"' + device(random.nextInt(fleet.hosts()), 1, type) + '"');
      }
      String source = device(random.nextInt(fleet.hosts()), 0, type);
      questions.add(
          new Wrk.Question(
              "/v1/check?fields=destination,verdict",
              "{\"source\":\"%s\",\"destinations\":[%s]}"
                  .formatted(source, String.join(",", destinations))));
    }
    return questions;
  }

  /** Pairs of devices of one type, so that many of the answers are yes. */
  private static List<Wrk.Question> checks(SyntheticFleet fleet) {
    Random random = new Random(SEED);
    List<Wrk.Question> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      int source = random.nextInt(fleet.hosts());
      int steps = (fleet.hosts() - 1 - SyntheticFleet.model(source)) / SyntheticFleet.MODELS + 1;
      int destination =
          SyntheticFleet.model(source) + SyntheticFleet.MODELS * random.nextInt(steps);
      int type = random.nextInt(TYPES);
      questions.add(
          Wrk.Question.get(
              "/v1/check?source=%s&destination=%s"
                  .formatted(device(source, 0, type), device(destination, 1, type))));
    }
    return questions;
  }

  private static List<Wrk.Question> destinations(SyntheticFleet fleet, String limit) {
    Random random = new Random(SEED);
    List<Wrk.Question> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      int source = random.nextInt(fleet.hosts());
      String device = device(source, 0, random.nextInt(TYPES));
      questions.add(
          Wrk.Question.get("/v1/destinations?source=%s&limit=%s".formatted(device, limit)));
    }
    return questions;
  }

  private static String device(int host, int card, int type) {
    return SyntheticFleet.host(host) + "/" + SyntheticFleet.device(card, type);
  }
}
