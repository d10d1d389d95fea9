package io.fleetcompat.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fleetcompat.testing.Await;
import io.fleetcompat.testing.Child;
import io.fleetcompat.testing.FreePorts;
import io.fleetcompat.testing.KafkaFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processes of docs/operations.md as children beside a broker, asked from outside. */
class ProcessesIT {

  private static final Pattern METRICS = Pattern.compile("(?m)^\\| (`fleetcompat_[a-z_`, ]+`) \\|");
  private static final Pattern METRIC = Pattern.compile("fleetcompat_[a-z_]+");
  private static final Pattern SCRAPED = Pattern.compile("(?m)^(fleetcompat_[a-z_]+)[ {]");
  private static final Pattern LABEL = Pattern.compile("\\{\\{([a-z_]+)}}");
  private static final Pattern OF_KAFKA = Pattern.compile("(?m)^(# (HELP|TYPE) )?kafka_.*\\n");
  private static final String ONE = "lone/" + LoneHost.ONE;
  private static final String OTHER = "lone/" + LoneHost.OTHER;

  @TempDir static Path directory;

  private static final KafkaFixture KAFKA = KafkaFixture.shared();
  private static final String PREFIX = KAFKA.uniquePrefix();
  private static final List<Integer> PORTS = FreePorts.find(6);
  private static final int API = PORTS.get(0);
  private static final int[] INDEX = {PORTS.get(1), PORTS.get(2)};

  /**
   * The indexer that tells Kafka's own metrics, too; {@code promtool} does not like their names.
   */
  private static final int WITH_KAFKAS = INDEX[1];

  private static final int FLEET = PORTS.get(3);
  private static final int LONE = PORTS.get(4);
  private static final int API_METRICS = PORTS.get(5);

  private static Application application;
  private static LoneHost lone;
  private static final List<Child> INDEXERS = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    application =
        new Application(
            directory,
            Map.of(
                "FLEETCOMPAT_JAVA_OPTS",
                "-Xmx200m -XX:TieredStopAtLevel=1",
                "FLEETCOMPAT_BOOTSTRAP_SERVERS",
                KAFKA.bootstrapServers(),
                "FLEETCOMPAT_API",
                "http://127.0.0.1:" + API));
    lone = LoneHost.write(directory.resolve("lone"), "1.0.0");
    expect(3, "topics --topic-prefix " + PREFIX);
    expect(0, "topics --create --partitions 4 --topic-prefix " + PREFIX);
    expect(0, "simulate --hosts 4 fleet");
    for (int number = 0; number < INDEX.length; number++) {
      INDEXERS.add(indexer(number, "state-" + number));
    }
    process(
        "serve",
        "serve --alertmanager http://127.0.0.1:9 --http-port %d --metrics-port %d"
            .formatted(API, API_METRICS));
    process("fleet", "collect --fleet fleet --metrics-port " + FLEET);
    process(
        "lone",
        "collect --root lone --host lone --label pool=alone --state-dir epochs --metrics-port "
            + LONE);
    for (int port : PORTS) {
      Await.until("/health/ready of port " + port, () -> application.isReady(port));
    }
    Await.until("five hosts with verdicts", () -> isJudged(5));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void everyDocumentedMetricIsScrapedAndNoOther() throws Exception {
    Set<String> scraped = new TreeSet<>();
    for (int port : PORTS) {
      Matcher line = SCRAPED.matcher(metrics(port));
      while (line.find()) {
        scraped.add(line.group(1).replaceFirst("_seconds_(count|sum|max|bucket)$", "_seconds"));
      }
    }
    Set<String> documented = new TreeSet<>();
    Matcher row = METRICS.matcher(Repository.read("docs/operations.md"));
    while (row.find()) {
      METRIC.matcher(row.group(1)).results().map(MatchResult::group).forEach(documented::add);
    }
    assertThat(scraped).isEqualTo(documented);
  }

  @Test
  void theMetricsPortOfAnApiServesWhatTheApiDoes() throws Exception {
    assertThat(names(API_METRICS)).isEqualTo(names(API)).contains("fleetcompat_query_hosts");
  }

  private static Set<String> names(int port) throws Exception {
    return SCRAPED
        .matcher(application.get(port, "/metrics").body())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void prometheusFindsNothingWrongWithTheMetricsOfAnyProcess() throws Exception {
    for (int port : PORTS) {
      String metrics = metrics(port);
      assertThat(metrics)
          .contains("\njvm_memory_used_bytes{", "\nprocess_cpu_seconds_total ")
          .containsPattern("(?m)^fleetcompat_build_info\\{.*\\} 1$");
      Child.Said said =
          Prometheus.checkMetrics(
              directory, port == WITH_KAFKAS ? OF_KAFKA.matcher(metrics).replaceAll("") : metrics);
      assertThat(said.status()).as(said.text()).isZero();
    }
  }

  @Test
  void histogramsTellOfLooksLookupsAndHowSoonAChangeIsSeen() throws Exception {
    upgrade("1.0.1");
    assertThat(metrics(LONE))
        .containsPattern("fleetcompat_collector_scan_seconds_bucket\\{le=\"60.0\"\\} [1-9]");
    assertThat(metrics(API))
        .containsPattern(
            "fleetcompat_query_lookup_seconds_bucket\\{route=\"/v1/check\",le=\"10.0\"\\} [1-9]")
        .containsPattern(
            "fleetcompat_query_event_to_visible_seconds_bucket\\{le=\"300.0\"\\} [1-9]");
  }

  @Test
  void kafkasOwnMetricsAreThereWhereTheyAreWantedAndHaveNoIdsOfChance() throws Exception {
    Await.until(
        "metrics of Kafka Streams",
        () -> OF_KAFKA.matcher(metrics(WITH_KAFKAS)).results().count() > 10);
    assertThat(OF_KAFKA.matcher(metrics(WITH_KAFKAS)).results().map(MatchResult::group))
        .anyMatch(line -> line.contains("StreamThread"))
        .noneMatch(line -> line.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-.*"));
    for (int port : PORTS) {
      assertThat(port == WITH_KAFKAS || !OF_KAFKA.matcher(metrics(port)).find()).isTrue();
    }
  }

  private static String metrics(int port) throws IOException, InterruptedException {
    return application.get(port, "/metrics").body();
  }

  @Test
  void everyExpressionOfTheDashboardHasAnAnswer() throws Exception {
    Map<Integer, String> jobs =
        Map.of(
            API,
            "fleetcompat-serve",
            INDEX[0],
            "fleetcompat-index",
            INDEX[1],
            "fleetcompat-index",
            FLEET,
            "fleetcompat-collect");
    try (Prometheus prometheus = new Prometheus(directory.resolve("prometheus"), jobs)) {
      Await.until("all scraped", () -> prometheus.query("up == 1").size() == jobs.size());
      List<JsonNode> targets =
          new JsonMapper()
              .readTree(Repository.read("monitoring/grafana/pools.json"))
              .findParents("expr");
      assertThat(targets).hasSizeGreaterThan(10);
      for (JsonNode target : targets) {
        String asked = target.path("expr").asText().replace("$pool", ".*");
        List<String> labels =
            LABEL
                .matcher(target.path("legendFormat").asText())
                .results()
                .map(label -> label.group(1))
                .toList();
        Await.until(asked + " by " + labels, () -> isAnswered(prometheus.query(asked), labels));
      }
      Await.until(
          "every rule evaluated without error",
          () ->
              !prometheus.rules().isEmpty()
                  && prometheus.rules().findValuesAsText("health").stream().allMatch("ok"::equals));
    }
  }

  /** True where there are samples, and each has the labels that the panel names it by. */
  private static boolean isAnswered(JsonNode samples, List<String> labels) {
    return !samples.isEmpty()
        && samples
            .valueStream()
            .allMatch(
                sample -> labels.stream().allMatch(label -> sample.path("metric").has(label)));
  }

  @Test
  void topicsAreChecked() throws Exception {
    expect(0, "topics --partitions 4 --topic-prefix " + PREFIX);
    Child.Said other = expect(3, "topics --partitions 5 --topic-prefix " + PREFIX);
    assertThat(other.text()).contains("4", "5", PREFIX);
  }

  @Test
  void readyIsWhatHealthSays() throws Exception {
    for (int port : PORTS) {
      assertThat(application.get(port, "/health/live").statusCode()).isEqualTo(200);
    }
    assertThat(expect(0, "health http://127.0.0.1:" + LONE).text()).isEqualTo("ready\n");
    List<Integer> free = FreePorts.find(2);
    Child away =
        process(
            "away",
            "collect --root lone --host away --bootstrap-servers 127.0.0.1:%d --metrics-port %d"
                .formatted(free.get(0), free.get(1)));
    Await.until("life", () -> application.get(free.get(1), "/health/live").statusCode() == 200);
    assertThat(application.get(free.get(1), "/health/ready").statusCode()).isEqualTo(503);
    assertThat(expect(1, "health http://127.0.0.1:" + free.get(1)).text()).isEqualTo("not ready\n");
    assertThat(away.terminate()).as(away.said()).isZero();
    expect(1, "health http://127.0.0.1:" + free.get(1));
  }

  @Test
  void questionsAreAnsweredInEveryFormat() throws Exception {
    JsonNode status = new ObjectMapper().readTree(expect(0, "status -o json").text());
    JsonNode yaml = new YAMLMapper().readTree(expect(0, "status -o yaml").text());
    assertThat(status.path("hosts").asInt()).isEqualTo(5);
    assertThat(yaml.fieldNames()).toIterable().containsExactlyElementsOf(status::fieldNames);
    assertThat(expect(0, "status").text()).contains("hosts", "revision", "ruleSet");
    assertThat(expect(0, "pools").text()).contains("POOL", "alone");
    assertThat(expect(0, "pools alone").text()).contains("alone: 1 hosts", "  lone\n");
    JsonNode pool = new ObjectMapper().readTree(expect(0, "pools alone -o json").text());
    assertThat(pool.path("members").toString()).contains("lone");
    expect(5, "pools nobody");
    String profile = pool.path("profiles").path(0).path("profile").asText();
    assertThat(expect(0, "profiles").text()).contains("EXAMPLE", "i915-one", "lone/", profile);
    assertThat(expect(0, "profiles " + profile).text()).contains(profile);
    assertThat(expect(0, "profiles -o yaml").text()).contains(profile);
  }

  @Test
  void theVerdictIsTheExitStatus() throws Exception {
    assertThat(expect(0, "explain %s %s".formatted(ONE, ONE)).text())
        .contains("COMPATIBLE: " + ONE, "capacity: 3 more", "source profile: ");
    assertThat(expect(3, "explain -o json %s %s".formatted(ONE, OTHER)).text())
        .contains("INCOMPATIBLE", "i915-other");
    expect(5, "explain %s lone/0000:00:02.0/i915-none".formatted(ONE));
    expect(2, "explain " + ONE);
    expect(6, "check --max-age 1ms %s %s".formatted(ONE, ONE));
    expect(1, "explain %s %s --api http://127.0.0.1:9".formatted(ONE, ONE));
  }

  @Test
  void aPoisonRecordIsShownHarmlesslyAndCounted() throws Exception {
    double before = rejected();
    send("bad\u001b[2J\nkey", "no document");
    Await.until("one more rejected record", () -> rejected() == before + 1);
    assertThat(expect(3, "rejected --topic-prefix " + PREFIX).text())
        .contains(PREFIX + "host-inventory-0@", "bad\\u001b[2J\\u000akey", "expected ", "1 shown")
        .doesNotContain("\u001b");
  }

  @Test
  void theOtherIndexerTakesOverFromOneThatIsKilled() throws Exception {
    INDEXERS.getFirst().process().destroyForcibly().waitFor();
    upgrade("1.1.0");
    INDEXERS.set(0, indexer(0, "emptied"));
    Await.until("the killed one again", () -> application.isReady(INDEX[0]));
    Child other = INDEXERS.getLast();
    assertThat(other.terminate()).as(other.said()).isZero();
    upgrade("1.2.0");
    INDEXERS.set(1, indexer(1, "state-1"));
    Await.until("the ended one again", () -> application.isReady(INDEX[1]));
  }

  private static void upgrade(String version) throws IOException, InterruptedException {
    String before = profileOfOne();
    lone.upgrade(version);
    Await.until("another profile of " + ONE, () -> !profileOfOne().equals(before));
    Await.until("verdicts again", () -> isJudged(5));
    expect(0, "explain %s %s".formatted(ONE, ONE));
  }

  private static Child indexer(int number, String state) throws IOException {
    return process(
        "index-" + number,
        "index --partitions 4 --state-dir %s --metrics-port %d --set instance-id=i%d --set metrics-kafka=%s"
            .formatted(state, INDEX[number], number, INDEX[number] == WITH_KAFKAS));
  }

  private static Child process(String name, String command) throws IOException {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--topic-prefix", PREFIX));
    return application.start(name, words);
  }

  private static Child.Said expect(int status, String command)
      throws IOException, InterruptedException {
    Child.Said said = application.run(Arrays.asList(command.split(" ")));
    assertThat(said.status()).as(command + ": " + said.text()).isEqualTo(status);
    return said;
  }

  private static JsonNode ask(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(application.get(API, path).body());
  }

  private static boolean isJudged(int hosts) throws IOException, InterruptedException {
    return ask("/v1/status").path("hosts").asInt() == hosts
        && ask("/v1/check?source=%s&destination=%s".formatted(ONE, ONE))
            .path("verdict")
            .asText()
            .equals("COMPATIBLE");
  }

  private static String profileOfOne() throws IOException, InterruptedException {
    for (JsonNode endpoint : ask("/v1/hosts/lone").path("endpoints")) {
      if (endpoint.path("endpoint").asText().equals(LoneHost.ONE)) {
        return endpoint.path("profile").asText();
      }
    }
    throw new AssertionError("expected " + ONE + " among the endpoints of lone");
  }

  /** Of both indexers: either may have the partition. */
  private static double rejected() throws IOException, InterruptedException {
    double sum = 0;
    for (int port : INDEX) {
      for (String line : application.get(port, "/metrics").body().lines().toList()) {
        if (line.startsWith("fleetcompat_indexer_records_rejected_total{")) {
          sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        }
      }
    }
    return sum;
  }

  private static void send(String key, String value)
      throws InterruptedException, ExecutionException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", KAFKA.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  PREFIX + "host-inventory",
                  0,
                  key.getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }
}
