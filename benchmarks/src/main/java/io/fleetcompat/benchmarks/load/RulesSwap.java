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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * An indexer that starts again with other rules, while a replica is asked all the time: until all
 * profiles are judged anew and the rules in force, and the answers that were lost meanwhile.
 */
public final class RulesSwap {

  private static final String RULES = "mutual";
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** Profiles that hosts of all models have at one release. */
  private static final int PROFILES_BY_RELEASE = SyntheticFleet.PROFILES / SyntheticFleet.RELEASES;

  private RulesSwap() {}

  /** Gives each {@link SyntheticFleet#MODELS} hosts a release that no other host has. */
  public static void measure(Stack stack, SyntheticFleet fleet, Report report)
      throws IOException, InterruptedException {
    int profiles = fleet.hosts() / SyntheticFleet.MODELS * PROFILES_BY_RELEASE;
    Table table =
        new Table(
            "profiles", "s until judging begins", "s until in force", "answers", "of them lost");
    try (Replica replica = stack.replica()) {
      load(stack, fleet);
      replica.awaitHosts(fleet.hosts());
      replica.awaitGeneration(profiles);
      Asker asker = new Asker(replica.api(), checks(replica.api(), fleet));
      Thread thread = Thread.ofPlatform().name("asker").start(asker);
      System.setProperty("fleetcompat.indexer.settings", "policies=" + RULES);
      stack.killIndexer();
      long begin = System.nanoTime();
      stack.startIndexer();
      Stack.await("judging begins", PAUSE, () -> status(replica).toString().contains(RULES));
      double begun = seconds(begin);
      Stack.await(
          "the rules are in force",
          PAUSE,
          () -> status(replica).path("ruleSet").asText().contains(RULES));
      double inForce = seconds(begin);
      asker.asking.set(false);
      thread.join();
      table.row(profiles, begun, inForce, asker.answers.sum(), asker.lost.sum());
    }
    report.table(table);
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static JsonNode status(Replica replica) throws IOException, InterruptedException {
    return replica.api().json("/v1/status");
  }

  private static void load(Stack stack, SyntheticFleet fleet) {
    Instant now = Instant.now();
    for (int host = 0; host < fleet.hosts(); host++) {
      int release = host / SyntheticFleet.MODELS;
      stack.publisher().publish(fleet.document(host, release, 1, now));
      stack.publisher().publish(fleet.capacity(host, 1, now));
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

  /** A client that asks without a pause; one thread runs it. */
  private record Asker(
      LoopbackClient api,
      List<String> checks,
      AtomicBoolean asking,
      LongAdder answers,
      LongAdder lost)
      implements Runnable {

    Asker(LoopbackClient api, List<String> checks) {
      this(api, checks, new AtomicBoolean(true), new LongAdder(), new LongAdder());
    }

    @Override
    public void run() {
      for (int i = 0; asking.get(); i++) {
        try {
          JsonNode answer = api.json(checks.get(i % checks.size()));
          answers.increment();
          if (answer.path("reasons").toString().contains("not-indexed")) {
            lost.increment();
          }
        } catch (IOException e) {
          lost.increment();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }
}
