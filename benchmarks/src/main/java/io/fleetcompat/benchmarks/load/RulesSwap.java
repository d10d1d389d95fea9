package io.fleetcompat.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fleetcompat.benchmarks.Report;
import io.fleetcompat.benchmarks.Table;
import io.fleetcompat.benchmarks.fleet.SyntheticFleet;
import io.fleetcompat.benchmarks.stack.LoopbackClient;
import io.fleetcompat.benchmarks.stack.Replica;
import io.fleetcompat.benchmarks.stack.Stack;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that change while a replica is asked all the time: once by a rule pack that the running
 * indexer reads anew, once by an option with which it starts again. Both change no verdict of these
 * profiles, so that an answer which is another was lost.
 */
public final class RulesSwap {

  private static final String OPTION = "rules.option.nvidia-mdev.ecc=if-known";
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  private static final String PACK =
      """
      pack: benchmark
      version: 1
      title: functions that no host has
      match: {kind: [pci], driver: [benchmark_vfio_pci]}
      no-rules: nobody has written any
      """;

  /** Profiles that hosts of all models have at one release. */
  private static final int PROFILES_BY_RELEASE = SyntheticFleet.PROFILES / SyntheticFleet.RELEASES;

  private RulesSwap() {}

  /** A change of the rules. */
  private interface Change {
    void make() throws IOException, InterruptedException;
  }

  /** Gives each {@link SyntheticFleet#MODELS} hosts a release that no other host has. */
  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    int profiles = fleet.hosts() / SyntheticFleet.MODELS * PROFILES_BY_RELEASE;
    Path packs = Files.createDirectory(stack.directory().resolve("packs"));
    String reading = "rules.directory=" + packs + " rules.reload-every=500ms";
    restart(stack, reading);
    Table table =
        new Table(
            "change",
            "profiles",
            "s until judging begins",
            "s until in force",
            "answers",
            "by the new rules",
            "lost",
            "became UNKNOWN",
            "without a rule set");
    try (Replica replica = stack.replica()) {
      load(stack, fleet);
      replica.awaitHosts(fleet.hosts());
      replica.awaitGeneration(profiles);
      List<String> checks = checks(replica.api(), fleet);
      change(
          "a pack, no restart",
          () -> Files.writeString(packs.resolve("benchmark.yaml"), PACK),
          replica,
          checks,
          profiles,
          table);
      change(
          "an option, restart",
          () -> restart(stack, reading + " " + OPTION),
          replica,
          checks,
          profiles,
          table);
    }
    report.table(table);
  }

  private static void restart(Stack stack, String settings)
      throws IOException, InterruptedException {
    System.setProperty("fleetcompat.indexer.settings", settings);
    stack.killIndexer();
    stack.startIndexer();
  }

  private static void change(
      String what, Change change, Replica replica, List<String> checks, int profiles, Table table)
      throws IOException, InterruptedException {
    String before = ruleSet(replica);
    AnswerCount asker = new AnswerCount(replica.api(), checks, before);
    asker.begin();
    long begin = System.nanoTime();
    change.make();
    int sets = sets(replica);
    Stack.await(
        "judging begins", PAUSE, () -> sets(replica) > sets || !ruleSet(replica).equals(before));
    double begun = seconds(begin);
    Stack.await("the rules are in force", PAUSE, () -> !ruleSet(replica).equals(before));
    double inForce = seconds(begin);
    long swapped = System.nanoTime();
    Stack.await(
        "answers by the new rules",
        PAUSE,
        () -> System.nanoTime() - swapped > AFTERWARDS.toNanos());
    AnswerCount.Counts counts = asker.end();
    table.row(
        what,
        profiles,
        begun,
        inForce,
        counts.answers(),
        counts.byOthers(),
        counts.lost(),
        counts.becameUnknown(),
        counts.unnamed());
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String ruleSet(Replica replica) throws IOException, InterruptedException {
    return replica.api().json("/v1/status").path("ruleSet").asText();
  }

  private static int sets(Replica replica) throws IOException, InterruptedException {
    return replica.api().json("/v1/status").path("ruleSets").size();
  }

  private static void load(Stack stack, SyntheticFleet fleet) {
    Instant now = Instant.now();
    for (int host = 0; host < fleet.hosts(); host++) {
      int release = host / SyntheticFleet.MODELS;
      fleet.announce(stack.publisher(), host, release, 1, now);
      Stack.pace(stack.publisher());
    }
    Stack.requireFlushed(stack.publisher());
  }

  /** Each host's first endpoint against some other host's. */
  private static List<String> checks(LoopbackClient api, SyntheticFleet fleet)
      throws IOException, InterruptedException {
    List<String> endpoints = new ArrayList<>();
    for (int host = 0; host < fleet.hosts(); host++) {
      String name = SyntheticFleet.host(host);
      JsonNode first = api.json("/v1/hosts/" + name).at("/endpoints/0/endpoint");
      endpoints.add(URLEncoder.encode(name + "/" + first.asText(), StandardCharsets.UTF_8));
    }
    List<String> checks = new ArrayList<>();
    for (int i = 0; i < endpoints.size(); i++) {
      String other = endpoints.get(i * 31 % endpoints.size());
      checks.add("/v1/check?source=" + endpoints.get(i) + "&destination=" + other);
    }
    return checks;
  }
}
