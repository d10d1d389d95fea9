package io.fleetcompat.indexer;

import static io.fleetcompat.indexer.Documents.document;
import static io.fleetcompat.indexer.Documents.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.inventory.Attribute;
import io.fleetcompat.inventory.Attributes;
import io.fleetcompat.inventory.Endpoint;
import io.fleetcompat.inventory.EndpointKind;
import io.fleetcompat.inventory.EndpointName;
import io.fleetcompat.schemas.avro.InconclusiveProbe;
import io.fleetcompat.schemas.avro.ProbeOutcomeKind;
import io.fleetcompat.schemas.avro.ProbeRequest;
import io.fleetcompat.schemas.avro.ProbeResult;
import io.fleetcompat.schemas.avro.ProbedAnswer;
import io.fleetcompat.schemas.avro.ProbedPair;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The asking of drivers, from documents and heartbeats to what is kept of their answers. */
class ProbeTopologyTest {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int EINVAL = 22;

  @TempDir Path directory;

  private static byte[] host(String name, long sequence, String... versions) {
    List<Endpoint> types = new ArrayList<>();
    for (String version : versions) {
      types.add(
          new Endpoint(
              EndpointName.type("0000:00:02." + types.size(), "t"),
              EndpointKind.MDEV_TYPE,
              Optional.of("t"),
              Attributes.of(Map.of("migration_version", new Attribute.Text(version))),
              Attributes.NONE,
              Attributes.of(Map.of("vendor", new Attribute.Text("0x8086")))));
    }
    return document(name, 1, sequence, types);
  }

  private static Driver prober(Driver driver, String name, String version) {
    return driver
        .document(name, host(name, 1, version))
        .heartbeat(name, heartbeat(name, 1, 1, true));
  }

  /** The questions of some time, with the answers that drivers give. */
  private static Map<String, Optional<ProbedPair>> answer(Driver driver, int errno) {
    Map<String, Optional<ProbedPair>> verdicts = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      for (ProbeRequest request : driver.settle(Duration.ofMillis(500)).requests()) {
        driver.result(result(request, errno));
      }
      verdicts.putAll(driver.verdicts());
    }
    return verdicts;
  }

  private static ProbeResult result(ProbeRequest request, int errno) {
    return new ProbeResult(
        request.getHost(),
        request.getNumber(),
        request.getPair(),
        request.getEndpoint(),
        errno == 0 ? ProbeOutcomeKind.ACCEPTED : ProbeOutcomeKind.REFUSED,
        errno,
        errno == 0 ? "" : "EINVAL",
        "",
        Instant.parse("2026-11-26T00:00:00Z"));
  }

  @Test
  void aNewStringIsAskedOfEachClassAndTheAnswersAreKept() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      prober(driver, "a", "v1");
      prober(driver, "b", "v2");
      Map<String, Optional<ProbedPair>> verdicts = answer(driver, EINVAL);
      assertThat(verdicts).hasSize(4);
      assertThat(verdicts.values())
          .allSatisfy(
              verdict ->
                  assertThat(verdict.orElseThrow().getAnswers())
                      .extracting(ProbedAnswer::getErrno)
                      .containsExactly(EINVAL));
      assertThat(driver.settle(SOON).requests()).isEmpty();
    }
  }

  @Test
  void theQuestionSaysAllThatTheHostMustBe() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      ProbeRequest request = prober(driver, "a", "v1").settle(SOON).requests().getFirst();
      assertThat(request.getHost()).isEqualTo("a");
      assertThat(request.getEndpoint()).isEqualTo("0000:00:02.0/t");
      assertThat(request.getText()).isEqualTo("v1");
      assertThat(request.getOwn()).isEqualTo("v1");
      assertThat(request.getMdevType()).isEqualTo("t");
      assertThat(request.getDriver()).isNull();
    }
  }

  @Test
  void aSecondHostConfirmsOrContradicts() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      prober(driver, "a", "v1");
      answer(driver, 0);
      prober(driver, "b", "v1");
      Map<String, Optional<ProbedPair>> verdicts = answer(driver, EINVAL);
      assertThat(verdicts).hasSize(1);
      assertThat(verdicts.values().iterator().next().orElseThrow().getAnswers())
          .extracting(answer -> answer.getHost() + " " + answer.getErrno())
          .containsExactly("a 0", "b 22");
    }
  }

  @Test
  void duplicatesAndAnswersOfOthersChangeNothing() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      ProbeRequest request = prober(driver, "a", "v1").settle(SOON).requests().getFirst();
      ProbeResult right = result(request, 0);
      driver.result(
          ProbeResult.newBuilder(right).setNumber(right.getNumber() + 1).setErrno(0).build());
      driver.result(ProbeResult.newBuilder(right).setHost("b").build());
      assertThat(driver.verdicts()).isEmpty();
      driver.result(right);
      assertThat(driver.verdicts()).hasSize(1);
      driver.result(right);
      driver.result(result(request, EINVAL));
      assertThat(driver.verdicts()).isEmpty();
    }
  }

  @Test
  void aRestartAsksNothingTwiceAndTakesTheAnswerToWhatWasAsked() {
    Path left;
    ProbeRequest request;
    try (Driver driver = new Driver(directory.resolve("0"))) {
      request = prober(driver, "a", "v1").settle(SOON).requests().getFirst();
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left)) {
      assertThat(driver.settle(SOON).requests()).as("it is open").isEmpty();
      driver.result(result(request, EINVAL));
      assertThat(driver.verdicts()).hasSize(1);
      left = driver.crash(directory.resolve("2"));
    }
    try (Driver driver = new Driver(left)) {
      driver.result(result(request, 0));
      assertThat(driver.verdicts()).as("the same again").isEmpty();
      assertThat(driver.settle(SOON).requests()).as("it is answered").isEmpty();
      prober(driver, "b", "v1");
      ProbeRequest second = driver.settle(SOON).requests().getFirst();
      assertThat(second.getHost()).isEqualTo("b");
      assertThat(second.getNumber()).isGreaterThan(request.getNumber());
    }
  }

  private static ProbeResult inVain(ProbeRequest request) {
    return ProbeResult.newBuilder(result(request, 0))
        .setOutcome(ProbeOutcomeKind.INCONCLUSIVE)
        .setErrno(110)
        .setName("ETIMEDOUT")
        .setDetail("the driver did not answer")
        .build();
  }

  /** The one pair that was written since. */
  private static ProbedPair written(Driver driver) {
    Map<String, Optional<ProbedPair>> verdicts = driver.verdicts();
    assertThat(verdicts).hasSize(1);
    return verdicts.values().iterator().next().orElseThrow();
  }

  @Test
  void whoWasAskedInVainIsKeptUntilADriverAnswersAndOutlivesARestart() {
    Path left;
    ProbeRequest request;
    try (Driver driver = new Driver(directory.resolve("0"))) {
      request = prober(driver, "a", "v1").settle(SOON).requests().getFirst();
      driver.result(inVain(request));
      ProbedPair asked = written(driver);
      assertThat(asked.getAnswers()).isEmpty();
      assertThat(asked.getInconclusive())
          .isEqualTo(
              new InconclusiveProbe(
                  "a",
                  request.getEndpoint(),
                  inVain(request).getAt(),
                  110,
                  "ETIMEDOUT",
                  "the driver did not answer"));
      driver.result(inVain(request));
      assertThat(driver.verdicts()).as("the same again").isEmpty();
      left = driver.crash(directory.resolve("1"));
    }
    try (Driver driver = new Driver(left)) {
      driver.result(inVain(request));
      assertThat(driver.verdicts()).as("the same after a restart").isEmpty();
      prober(driver, "b", "v1");
      ProbeRequest elsewhere = driver.settle(SOON).requests().getFirst();
      assertThat(elsewhere.getHost()).as("not a, which was asked in vain").isEqualTo("b");
      driver.result(result(elsewhere, 0));
      assertThat(written(driver).getInconclusive()).isNull();
      driver.document("a", null).document("b", null);
      driver.settle(Driver.GC_AFTER.plus(SOON)).settle(SOON);
      assertThat(driver.verdicts().values()).containsExactly(Optional.empty());
    }
  }

  @Test
  void whatWasAskedInVainGoesWithItsProfiles() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      driver.result(inVain(prober(driver, "a", "v1").settle(SOON).requests().getFirst()));
      assertThat(driver.verdicts()).hasSize(1);
      driver.document("a", null).settle(Driver.GC_AFTER.plus(SOON)).settle(SOON);
      assertThat(driver.verdicts().values()).containsExactly(Optional.empty());
    }
  }

  @Test
  void aSecondHostThatTellsNothingLeavesTheFirstAnswer() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      prober(driver, "a", "v1");
      answer(driver, 0);
      driver.result(inVain(prober(driver, "b", "v1").settle(SOON).requests().getFirst()));
      ProbedPair pair = written(driver);
      assertThat(pair.getAnswers()).extracting(ProbedAnswer::getHost).containsExactly("a");
      assertThat(pair.getInconclusive().getHost()).isEqualTo("b");
    }
  }

  @Test
  void aLostAnswerIsAskedForAgain() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      ProbeRequest request = prober(driver, "a", "v1").settle(SOON).requests().getFirst();
      List<ProbeRequest> again = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        driver.heartbeat("a", heartbeat("a", 1, 1, true)).settle(SOON);
        again.addAll(driver.requests());
      }
      assertThat(again).isNotEmpty();
      assertThat(again.getFirst().getPair()).isEqualTo(request.getPair());
      assertThat(again.getFirst().getNumber()).isGreaterThan(request.getNumber());
      InconclusiveProbe lost =
          driver
              .verdicts()
              .getOrDefault(request.getPair(), Optional.empty())
              .orElseThrow()
              .getInconclusive();
      assertThat(lost.getHost()).isEqualTo("a");
      assertThat(lost.getDetail()).isEqualTo("no answer came within 15000 ms");
    }
  }

  @Test
  void whoSaysThatItDoesNotProbeOrFallsSilentIsNotAsked() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      prober(driver, "a", "v1");
      answer(driver, 0);
      driver.heartbeat("a", heartbeat("a", 1, 1, false));
      driver.document("b", host("b", 1, "v2")).settle(SOON);
      assertThat(driver.requests()).isEmpty();
      driver.heartbeat("a", heartbeat("a", 1, 1, true)).settle(SOON);
      assertThat(driver.requests()).as("v2 at v1").hasSize(1);
      driver.settle(Driver.STALE_AFTER.plus(SOON)).requests();
      driver.document("c", host("c", 1, "v3")).settle(SOON);
      assertThat(driver.requests()).as("a is stale").isEmpty();
    }
  }

  @Test
  void answersLiveAsLongAsTheProfilesDo() {
    try (Driver driver = new Driver(directory.resolve("0"))) {
      prober(driver, "a", "v1");
      prober(driver, "b", "v2");
      assertThat(answer(driver, 0)).hasSize(4);
      driver.document("b", null).settle(Driver.GC_AFTER.plus(SOON)).settle(SOON);
      Map<String, Optional<ProbedPair>> verdicts = driver.verdicts();
      assertThat(verdicts).hasSize(3);
      assertThat(verdicts.values()).allMatch(Optional::isEmpty);
    }
  }
}
