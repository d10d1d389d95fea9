package io.fleetcompat.benchmarks.load;

import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Samples;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.LoopbackClient;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Questions over HTTP about now and about a time before every host was upgraded: the first question
 * about a time, for which that view is made, and those that find it made. One caller, one question
 * after the other.
 */
public final class PastLatency {

  private static final int WARM_UP = 200;
  private static final int REPEATED = 500;
  private static final int FIRST_WARM_UP = 3;
  private static final int FIRST = 20;
  private static final int DESTINATIONS = 10;
  private static final int AUDITS = 10;

  private final LoopbackClient api;
  private final SyntheticFleet fleet;
  private final Random random = new Random(20261126);
  private final Table table =
      new Table("hosts", "question", "about", "questions", "p50 ms", "p99 ms", "most ms");

  /** A question without its time, each time another. */
  private interface Question {
    String path();
  }

  private PastLatency(LoopbackClient api, SyntheticFleet fleet) {
    this.api = api;
    this.fleet = fleet;
  }

  /** Over an index that has the fleet. */
  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    try (Replica replica = stack.replicaWithHistory()) {
      replica.awaitHosts(fleet.hosts());
      NextRelease.awaitQuiet(stack);
      long known = replica.history("changes");
      Instant before = Instant.now();
      // Each question about a time of its own is the first about that time.
      LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      NextRelease release = new NextRelease(fleet, 0);
      release.send(stack.publisher());
      release.awaitIn(replica);
      NextRelease.awaitQuiet(stack);
      replica.awaitHistory(known + fleet.hosts());
      new PastLatency(replica.api(), fleet).all(before, report);
    }
  }

  private void all(Instant before, Report report) throws IOException, InterruptedException {
    questions("check", this::check, before);
    questions("destinations, limit " + DESTINATIONS, this::destinations, before);
    questions("health of a pool", this::pool, before);
    audit("upgrades since then", "/v1/audit/upgrades?since=" + before);
    audit("difference of then and now", "/v1/diff?from=" + before);
    audit(
        "difference of then and now, one pool",
        "/v1/diff?from=%s&pool=%s".formatted(before, encoded(fleet.pool(0))));
    report.table(table);
    report.say(
        "Load average at the end %.1f.%n",
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private void questions(String what, Question question, Instant before)
      throws IOException, InterruptedException {
    many(WARM_UP, question, "");
    row(what, "now", many(REPEATED, question, ""));
    first(FIRST_WARM_UP, question, before);
    row(what, "then, the first question", first(FIRST, question, before.plusMillis(FIRST)));
    String then = "&as-of=" + before;
    many(WARM_UP, question, then);
    row(what, "then, a view that is there", many(REPEATED, question, then));
  }

  private void audit(String what, String path) throws IOException, InterruptedException {
    row(what, "the first question", many(1, () -> path, ""));
    row(what, "then and now", many(AUDITS, () -> path, ""));
  }

  private List<Double> many(int times, Question question, String time)
      throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      millis.add(millis(question.path() + time));
    }
    return millis;
  }

  /** Each about the millisecond after the one before: so no view of it is there. */
  private List<Double> first(int times, Question question, Instant from)
      throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      millis.add(millis(question.path() + "&as-of=" + from.plusMillis(i)));
    }
    return millis;
  }

  private double millis(String path) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    api.bytes(path);
    return (System.nanoTime() - begin) / 1e6;
  }

  private void row(String what, String about, List<Double> millis) {
    Samples samples = new Samples(millis);
    table.row(
        fleet.hosts(),
        what,
        about,
        millis.size(),
        samples.median(),
        samples.percentile(99),
        samples.most());
    Report.progress("%s, %s: %.2f ms", what, about, samples.median());
  }

  private String check() {
    return "/v1/check?source=%s&destination=%s".formatted(device(host()), device(host()));
  }

  private String destinations() {
    return "/v1/destinations?source=%s&limit=%d".formatted(device(host()), DESTINATIONS);
  }

  private String pool() {
    return "/v1/pools/" + encoded(fleet.pool(host())) + "?";
  }

  private int host() {
    return random.nextInt(fleet.hosts());
  }

  private static String device(int host) {
    return encoded(SyntheticFleet.host(host) + "/" + SyntheticFleet.device(0, 0));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
