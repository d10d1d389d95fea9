package io.fleetcompat.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.FilledReplica;
import io.fleetcompat.benchmarks.stack.LoopbackClient.StatusException;
import io.fleetcompat.benchmarks.stack.Replica;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Questions that operators ask before maintenance, over HTTP: evacuations, what-if, plans and
 * baselines, each of one pool and of the whole fleet. The index is put into the replica without
 * Kafka. One caller, one question after the other; the first of each kind is told apart, since the
 * code is not compiled then.
 */
public final class MaintenanceLatency {

  private static final int TIMES = 10;
  private static final int TIMEOUT = 504;
  private static final int EVACUATIONS = 200;
  private static final String ALL = "{\"driver\":\"i915\"}";

  private final Replica replica;
  private final SyntheticFleet fleet;
  private final Random random = new Random(20261127);
  private final Table table =
      new Table(
          "hosts",
          "question",
          "questions",
          "first ms",
          "p50 ms",
          "most ms",
          "replica CPU s each",
          "answer");

  /** Asks, and gives the answer. */
  private interface Question {
    JsonNode ask() throws IOException, InterruptedException;
  }

  private MaintenanceLatency(Replica replica, SyntheticFleet fleet) {
    this.replica = replica;
    this.fleet = fleet;
  }

  /** Loads nothing: the fleet is in the replica when it starts. */
  public static void measure(SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    try (Replica replica =
        FilledReplica.start(Files.createTempDirectory("fleetcompat-benchmark"), List.of(), fleet)) {
      replica.awaitReady();
      new MaintenanceLatency(replica, fleet).all(report);
    }
  }

  private void all(Report report) throws IOException, InterruptedException {
    row("evacuation of a host", EVACUATIONS, this::evacuation, "devices");
    row("what-if, one host in 100", TIMES, () -> post("/v1/what-if", change(some())), "profiles");
    row("what-if, all hosts", TIMES, () -> post("/v1/what-if", change(ALL)), "profiles");
    row("plan, one host in 100", TIMES, () -> post("/v1/plan", plan(some())), "pools");
    row("plan, all hosts", TIMES, () -> post("/v1/plan", plan(ALL)), "pools");
    row("baseline of the pool", TIMES, this::baseline, "groups");
    report.table(table);
    report.say(
        "Load average at the end %.1f.%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private void row(String what, int times, Question question, String counted)
      throws IOException, InterruptedException {
    try {
      measured(what, times, question, counted);
    } catch (StatusException e) {
      if (e.status() != TIMEOUT) {
        throw e;
      }
      table.row(fleet.hosts(), what, 0, "", "", "", "", "none within the request timeout");
      Report.progress("%s: %d", what, e.status());
    }
  }

  private void measured(String what, int times, Question question, String counted)
      throws IOException, InterruptedException {
    double first = millis(question);
    double before = replica.child().cpuSeconds();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      millis.add(millis(question));
    }
    double cpu = (replica.child().cpuSeconds() - before) / times;
    Samples samples = new Samples(millis);
    String answer = question.ask().path(counted).size() + " " + counted;
    table.row(fleet.hosts(), what, times, first, samples.median(), samples.most(), cpu, answer);
    Report.progress("%s: %.1f ms, the first %.1f ms", what, samples.median(), first);
  }

  private static double millis(Question question) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    question.ask();
    return (System.nanoTime() - begin) / 1e6;
  }

  private JsonNode evacuation() throws IOException, InterruptedException {
    String host = SyntheticFleet.host(random.nextInt(fleet.hosts()));
    return replica.api().json("/v1/hosts/" + encoded(host) + "/evacuation");
  }

  private JsonNode baseline() throws IOException, InterruptedException {
    return replica.api().json("/v1/pools/" + encoded(fleet.pool(0)) + "/baseline");
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    return replica.api().post(path, body);
  }

  /** Hosts of all models and releases. */
  private String some() {
    int step = 101;
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < Math.max(1, fleet.hosts() / 100); i++) {
      hosts.add("\"" + SyntheticFleet.host((int) ((long) i * step % fleet.hosts())) + "\"");
    }
    return "{\"hosts\":[" + String.join(",", hosts) + "]}";
  }

  /** To the release that the next upgrade would bring. */
  private static String change(String select) {
    return "{\"select\":%s,\"set\":{\"software_version\":\"%s\"}}"
        .formatted(select, SyntheticFleet.version(SyntheticFleet.RELEASES));
  }

  private static String plan(String select) {
    return "{\"change\":%s,\"keep\":1}".formatted(change(select));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
