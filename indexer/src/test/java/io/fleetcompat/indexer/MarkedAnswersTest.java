package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.keys.FleetKey;
import io.fleetcompat.keys.Generations;
import io.fleetcompat.keys.HostKey;
import io.fleetcompat.keys.HostRecord;
import io.fleetcompat.schemas.Codecs;
import io.fleetcompat.schemas.Topic;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import io.fleetcompat.schemas.avro.Rejected;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of drivers, where hosts mark what they say (ADR 0036). */
class MarkedAnswersTest {

  private static final Duration SOON = Duration.ofSeconds(2);

  /** Most looks for a question that was given up, and is asked again. */
  private static final int LOOKS = 100;

  private static final Generations FIRST = Generations.NONE.rotated();

  private final FleetKey key = FleetKey.random(new SecureRandom());
  private final Published published = new Published();
  private final Map<String, Generations> registered = new HashMap<>();
  private long number = 1;

  @TempDir Path state;

  private Driver driver() {
    return new Driver(state, published, key);
  }

  private void register(Driver driver, String host, Generations generations) {
    registered.put(host, generations);
    driver.record(
        Driver.TOPICS.keys(),
        new TestRecord<>(
            host.getBytes(UTF_8),
            Codecs.REGISTERED_KEY.encode(generations.record(Instant.EPOCH, "")),
            Instant.EPOCH));
  }

  private void send(Driver driver, Topic<?, ?> topic, HostKey speaker, byte[] value) {
    byte[] name = speaker.host().getBytes(UTF_8);
    HostRecord record = new HostRecord(topic.name(), name, value);
    Header mark =
        topic.name().equals(Driver.TOPICS.hostCapacity().name())
            ? speaker.markHeartbeat(record, 1, number++)
            : speaker.markDocument(record, 1, number++);
    driver.record(
        topic, new TestRecord<>(name, value, new RecordHeaders(new Header[] {mark}), driver.now()));
  }

  private HostKey newest(String host) {
    return key.host(host, registered.getOrDefault(host, FIRST).newest());
  }

  /** A host lives that asks drivers, with the newest of its keys. */
  private void live(Driver driver, String host) {
    send(driver, Driver.TOPICS.hostCapacity(), newest(host), heartbeat(host, 1, 1, true));
    driver.settle(SOON).settle(SOON);
  }

  private void place(Driver driver, String host) {
    register(driver, host, FIRST);
    Endpoint type =
        new Endpoint(
            EndpointName.type("0000:00:02.0", "t"),
            EndpointKind.MDEV_TYPE,
            Optional.of("t"),
            Attributes.of(Map.of("migration_version", new Attribute.Text("v1"))),
            Attributes.NONE,
            Attributes.of(Map.of("vendor", new Attribute.Text("0x8086"))));
    send(driver, Driver.TOPICS.hostInventory(), newest(host), document(host, 1, 1, List.of(type)));
    live(driver, host);
  }

  private static byte[] accepted(ProbeRequest request) {
    return Codecs.PROBE_RESULT.encode(
        new ProbeResult(
            request.getHost(),
            request.getNumber(),
            request.getPair(),
            request.getEndpoint(),
            ProbeOutcomeKind.ACCEPTED,
            0,
            "",
            "",
            Instant.EPOCH));
  }

  private void answer(Driver driver, ProbeRequest request, int generation) {
    HostKey speaker = key.host(request.getHost(), generation);
    send(driver, Driver.TOPICS.probeResults(), speaker, accepted(request));
    driver.settle(SOON);
  }

  /** The one question that is asked. */
  private static ProbeRequest question(Driver driver) {
    List<ProbeRequest> requests = driver.settle(SOON).settle(SOON).requests();
    assertThat(requests).hasSize(1);
    return requests.getFirst();
  }

  /** The question that is asked once the one before was given up; the host lives on meanwhile. */
  private ProbeRequest nextQuestion(Driver driver, String host) {
    for (int look = 0; look < LOOKS; look++) {
      List<ProbeRequest> requests = driver.requests();
      if (!requests.isEmpty()) {
        return requests.getLast();
      }
      live(driver, host);
    }
    throw new AssertionError("no question");
  }

  /** The hosts whose answers were told last, of the one question that there is. */
  private static List<String> answered(Driver driver) {
    Map<String, Optional<ProbedPair>> told = driver.settle(SOON).verdicts();
    assertThat(told).hasSizeLessThan(2);
    List<String> hosts = new ArrayList<>();
    told.values().stream()
        .flatMap(Optional::stream)
        .forEach(pair -> pair.getAnswers().stream().map(ProbedAnswer::getHost).forEach(hosts::add));
    return hosts;
  }

  private List<String> rejected() {
    return published.rejected.stream().map(Rejected::getCode).toList();
  }

  @Test
  void anAnswerWithTheKeyOfItsHostCounts() {
    try (Driver driver = driver()) {
      place(driver, "a");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a");
      assertThat(rejected()).isEmpty();
    }
  }

  @Test
  void anAnswerWithoutAMarkOrWithAnothersIsRejected() {
    try (Driver driver = driver()) {
      place(driver, "a");
      ProbeRequest request = question(driver);
      driver.record(
          Driver.TOPICS.probeResults(),
          new TestRecord<>("a".getBytes(UTF_8), accepted(request), driver.now()));
      answer(driver, request, 2);
      assertThat(rejected()).containsExactly("unsigned", "forged");
      assertThat(answered(driver)).isEmpty();
    }
  }

  @Test
  void aStolenKeyAnswersNothingAfterItsRotation() {
    try (Driver driver = driver()) {
      place(driver, "a");
      ProbeRequest request = question(driver);
      register(driver, "a", FIRST.rotated().newestAlone());
      answer(driver, request, 1);
      assertThat(rejected()).containsExactly("forged");
      assertThat(answered(driver)).isEmpty();
      live(driver, "a");
      ProbeRequest again = nextQuestion(driver, "a");
      answer(driver, again, 1);
      assertThat(rejected()).as("also once the host lives again").hasSize(2);
      answer(driver, again, 2);
      assertThat(answered(driver)).containsExactly("a");
    }
  }

  @Test
  void aReplacedKeyAnswersNothingOnceTheNewOneIsUsed() {
    try (Driver driver = driver()) {
      place(driver, "a");
      ProbeRequest request = question(driver);
      register(driver, "a", FIRST.rotated());
      live(driver, "a");
      answer(driver, request, 1);
      assertThat(rejected()).containsExactly("forged");
      answer(driver, request, 2);
      assertThat(answered(driver)).containsExactly("a");
    }
  }

  @Test
  void whatAReplacedKeyHasAnsweredStays() {
    try (Driver driver = driver()) {
      place(driver, "a");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a");
      register(driver, "a", FIRST.rotated());
      live(driver, "a");
      assertThat(driver.settle(SOON).verdicts()).isEmpty();
    }
  }

  @Test
  void whatAStolenKeyHasAnsweredIsWithdrawnAndAskedAgain() {
    try (Driver driver = driver()) {
      place(driver, "a");
      answer(driver, question(driver), 1);
      place(driver, "b");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a", "b");

      register(driver, "a", FIRST.withdrawn());
      assertThat(answered(driver)).containsExactly("b");
      assertThat(driver.count("probe.questions", "what", "withdrawn")).isEqualTo(1);

      place(driver, "c");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("b", "c");
    }
  }

  @Test
  void whereNoAnswerIsLeftNobodyHasAnswered() {
    try (Driver driver = driver()) {
      place(driver, "a");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a");
      register(driver, "a", FIRST.rotated().newestAlone());
      assertThat(driver.settle(SOON).verdicts().values()).containsExactly(Optional.empty());
      live(driver, "a");
      answer(driver, question(driver), 2);
      assertThat(answered(driver)).containsExactly("a");
    }
  }

  @Test
  void aHostThatIsAlreadyGoneLosesItsAnswersWithItsKey() {
    try (Driver driver = driver()) {
      place(driver, "b");
      place(driver, "a");
      ProbeRequest first = question(driver);
      answer(driver, first, 1);
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactlyInAnyOrder("a", "b");
      send(driver, Driver.TOPICS.hostInventory(), newest("a"), document("a", 1, 2, List.of()));
      driver.settle(Driver.STALE_AFTER).settle(SOON);
      register(driver, "a", FIRST.withdrawn());
      assertThat(answered(driver)).containsExactly("b");
    }
  }

  @Test
  void answersWithoutMarksAreWithdrawnWhenMarksAreAskedFor() {
    Path left;
    try (Driver before = new Driver(state, published)) {
      place(before, "a");
      answer(before, question(before), 1);
      assertThat(answered(before)).containsExactly("a");
      left = before.crash(state.resolve("left"));
    }
    try (Driver driver = new Driver(left, published, key)) {
      assertThat(driver.settle(SOON).settle(SOON).verdicts().values())
          .containsExactly(Optional.empty());
      live(driver, "a");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a");
      left = driver.crash(state.resolve("left-2"));
    }
    try (Driver driver = new Driver(left, published, key)) {
      assertThat(driver.settle(SOON).settle(SOON).verdicts()).as("they are marked").isEmpty();
    }
  }

  @Test
  void whatWasTakenAwayWhileNobodyAskedForMarksIsWithdrawnWhenSomebodyDoes() {
    Path left;
    try (Driver driver = driver()) {
      place(driver, "a");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a");
      driver.settle(Driver.STALE_AFTER).settle(SOON);
      left = driver.crash(state.resolve("left"));
    }
    try (Driver driver = new Driver(left, published)) {
      register(driver, "a", FIRST.withdrawn());
      assertThat(driver.settle(SOON).settle(SOON).verdicts()).isEmpty();
      left = driver.crash(state.resolve("left-2"));
    }
    try (Driver driver = new Driver(left, published, key)) {
      assertThat(driver.settle(SOON).settle(SOON).verdicts().values())
          .containsExactly(Optional.empty());
    }
  }

  @Test
  void whatWasTakenAwayIsKnownAfterARestart() {
    Path left;
    try (Driver driver = driver()) {
      place(driver, "a");
      register(driver, "a", FIRST.rotated().newestAlone());
      live(driver, "a");
      left = driver.crash(state.resolve("left"));
    }
    try (Driver driver = new Driver(left, published, key)) {
      live(driver, "a");
      ProbeRequest request = nextQuestion(driver, "a");
      answer(driver, request, 1);
      assertThat(rejected()).containsExactly("forged");
      answer(driver, request, 2);
      assertThat(answered(driver)).containsExactly("a");
    }
  }

  @Test
  void aHostThatIsOutOfServiceIsRemovedForGood() {
    try (Driver driver = driver()) {
      place(driver, "a");
      answer(driver, question(driver), 1);
      assertThat(answered(driver)).containsExactly("a");
      register(driver, "a", FIRST.outOfService());
      assertThat(published.placements).isEmpty();
      assertThat(driver.settle(SOON).verdicts().values()).containsExactly(Optional.empty());
      send(driver, Driver.TOPICS.hostInventory(), key.host("a", 1), document("a", 2, 1, List.of()));
      assertThat(published.placements).isEmpty();
      assertThat(rejected()).containsExactly("forged");
    }
  }
}
