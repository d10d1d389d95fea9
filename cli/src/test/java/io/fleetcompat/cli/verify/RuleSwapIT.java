package io.fleetcompat.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fleetcompat.collector.ProcessConfig;
import io.fleetcompat.collector.fleet.FleetCollectors;
import io.fleetcompat.compatibility.judge.Policy;
import io.fleetcompat.compatibility.judge.RuleSet;
import io.fleetcompat.compatibility.pack.RulePacks;
import io.fleetcompat.indexer.Indexer;
import io.fleetcompat.indexer.IndexerConfig;
import io.fleetcompat.indexer.judge.JudgeOptions;
import io.fleetcompat.query.QueryConfig;
import io.fleetcompat.query.QueryServer;
import io.fleetcompat.simulation.SimulatedFleet;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.KafkaFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that is asked all the time while the rules change under it. */
class RuleSwapIT {

  private static final int HOSTS = 8;
  private static final int MAX_PAIRS = 400;
  private static final Duration WITHIN = Duration.ofMinutes(3);
  private static final JsonMapper JSON = new JsonMapper();

  private static final RuleSet BEFORE = RuleSet.of(Set.of());
  private static final RuleSet AFTER = RuleSet.of(Set.of(Policy.MUTUAL));

  /** What this version has the rules of under another number. */
  private static final RuleSet TOMORROW = new RuleSet(99, Set.of(), RulePacks.builtIn());

  @TempDir Path directory;

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final String prefix = kafka.uniquePrefix();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean asking = new AtomicBoolean(true);
  private final Map<String, Long> answersByRules = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void noAnswerIsLostWhileRulesChangeAndEachNamesTheRulesThatItIsBy() throws Exception {
    Path fleet = directory.resolve("fleet");
    SimulatedFleet.open(fleet, HOSTS, 20261126);
    try (FleetCollectors collectors = collectors(fleet);
        QueryServer api = QueryServer.start(QueryConfig.parse(apiSettings()))) {
      assertThat(collectors.size()).isEqualTo(HOSTS);
      List<String> checks;
      Thread asker;
      try (Indexer indexer = index(BEFORE)) {
        Await.until("all is judged", WITHIN, () -> judged(api, indexer), held -> held);
        checks = checks(api);
        asker = Thread.ofPlatform().name("asker").start(() -> ask(api, checks));
        awaitAnswers(BEFORE.toString());
      }
      try (Indexer indexer = index(AFTER)) {
        awaitAnswers(AFTER.toString());
        assertThat(indexer.hasFailed()).isFalse();
      }
      String tomorrow = TOMORROW.toString();
      try (Indexer indexer = index(TOMORROW)) {
        Await.until(
            "rules that this API does not have are in force",
            WITHIN,
            () -> get(api, "/v1/status").path("ruleSetInForce").asText(),
            tomorrow::equals);
        assertThat(get(api, "/v1/status").path("ruleSet").asText()).isEqualTo(AFTER.toString());
        answersByRules.clear();
        awaitAnswers(AFTER.toString());
        assertThat(answersByRules).containsOnlyKeys(AFTER.toString());
        assertThat(indexer.hasFailed()).isFalse();
      }
      try (Indexer indexer = index(AFTER)) {
        Await.until(
            "its rules are in force again",
            WITHIN,
            () -> get(api, "/v1/status").path("ruleSetInForce").isMissingNode(),
            held -> held);
        assertThat(indexer.hasFailed()).isFalse();
      }
      asking.set(false);
      asker.join();
      assertThat(lost).isEmpty();
      assertThat(answersByRules).containsOnlyKeys(AFTER.toString());
    }
  }

  private boolean judged(QueryServer api, Indexer indexer) throws Exception {
    assertThat(indexer.hasFailed()).isFalse();
    JsonNode status = get(api, "/v1/status");
    return status.path("ready").asBoolean()
        && status.path("hosts").asInt() == HOSTS
        && status.path("pendingProfiles").asInt() == 0
        && status.path("ruleSet").asText().equals(BEFORE.toString());
  }

  private void awaitAnswers(String ruleSet) {
    long before = answersByRules.getOrDefault(ruleSet, 0L);
    Await.until(
        "answers by " + ruleSet,
        WITHIN,
        () -> answersByRules.getOrDefault(ruleSet, 0L),
        count -> count > before + MAX_PAIRS);
  }

  /** Questions about pairs of endpoints of different hosts. */
  private List<String> checks(QueryServer api) throws Exception {
    List<String> endpoints = new ArrayList<>();
    for (JsonNode host : get(api, "/v1/hosts").path("hosts")) {
      String name = host.path("host").asText();
      for (JsonNode endpoint : get(api, "/v1/hosts/" + name).path("endpoints")) {
        endpoints.add(name + "/" + endpoint.path("endpoint").asText());
      }
    }
    List<String> checks = new ArrayList<>();
    for (int i = 0; checks.size() < MAX_PAIRS; i++) {
      String source = endpoints.get(i * 7 % endpoints.size());
      String destination = endpoints.get(i * 11 % endpoints.size());
      checks.add("/v1/check?source=" + encode(source) + "&destination=" + encode(destination));
    }
    return checks;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void ask(QueryServer api, List<String> checks) {
    for (int i = 0; asking.get(); i++) {
      String check = checks.get(i % checks.size());
      try {
        JsonNode answer = get(api, check);
        if (!answer.has("verdict") || answer.path("reasons").toString().contains("not-indexed")) {
          lost.add(check + ": " + answer);
        }
        answersByRules.merge(answer.path("ruleSet").asText("none"), 1L, Long::sum);
      } catch (IOException e) {
        lost.add(check + ": " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private JsonNode get(QueryServer api, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + api.port() + path);
    return JSON.readTree(
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private FleetCollectors collectors(Path fleet) throws IOException {
    return FleetCollectors.start(
        fleet,
        ProcessConfig.parse(
            Map.of("bootstrap-servers", kafka.bootstrapServers(), "topic-prefix", prefix)),
        new SimpleMeterRegistry());
  }

  private Indexer index(RuleSet rules) {
    IndexerConfig config =
        IndexerConfig.parse(
            Map.of(
                "bootstrap-servers", kafka.bootstrapServers(),
                "topic-prefix", prefix,
                "state-dir", directory.resolve("state").toString(),
                "partitions", "2",
                "standby-replicas", "0",
                "instance-id", "only",
                "kafka.session.timeout.ms", "6000"));
    JudgeOptions judge =
        new JudgeOptions(
            rules,
            config.judge().keepPrevious(),
            config.judge().maxProfiles(),
            config.judge().gcAfter());
    return Indexer.start(
        new IndexerConfig(
            config.bootstrapServers(),
            config.applicationId(),
            config.instanceId(),
            config.stateDir(),
            config.topics(),
            config.createTopics(),
            config.threads(),
            config.commitInterval(),
            config.cacheBytes(),
            config.standbyReplicas(),
            config.stalledAfter(),
            config.liveness(),
            judge,
            config.kafka()));
  }

  private Map<String, String> apiSettings() {
    return Map.of(
        "bootstrap-servers",
        kafka.bootstrapServers(),
        "topic-prefix",
        prefix,
        "port",
        "0",
        "stale-after",
        "20m");
  }
}
